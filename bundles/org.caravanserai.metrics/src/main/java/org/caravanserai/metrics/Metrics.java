package org.caravanserai.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All metrics of the server. Names begin with {@code serai_}, but for those of the Java virtual
 * machine and the process ({@code jvm_}, {@code process_}); units are seconds and bytes.
 */
@ProviderType
public interface Metrics {

  /**
   * Where metrics are registered. Who registers some takes them away again when it ends.
   *
   * <p>On the way of a request use data points that were looked up before, without exemplars and
   * with classic buckets only.
   */
  PrometheusRegistry registry();

  /**
   * The meter of an outgoing connection. There is one at a time; it counts on where the connection
   * only changes.
   *
   * @param kind the connection's kind
   * @param name its name
   */
  ConnectionMeter connection(String kind, String name);

  /**
   * The content type of the text for a caller.
   *
   * @param accept what the caller takes, the header {@code Accept}; {@code null} for anything
   */
  String contentType(@Nullable String accept);

  /**
   * Writes all metrics as they are now, in OpenMetrics 1.0 or Prometheus' own text format 0.0.4.
   *
   * @param accept what the caller takes, the header {@code Accept}; {@code null} for anything
   * @throws IOException if the caller does not take them
   */
  void write(@Nullable String accept, OutputStream out) throws IOException;
}
