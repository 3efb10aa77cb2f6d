package org.caravanserai.metrics.internal;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanserai.metrics.ConnectionMeter;
import org.caravanserai.metrics.Metrics;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** The registry of the server. */
@Component(service = Metrics.class)
public final class MetricsComponent implements Metrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormatWriter openMetrics = new OpenMetricsTextFormatWriter(true, false);
  private final ExpositionFormatWriter prometheus = PrometheusTextFormatWriter.create();
  private final ConnectionMeters connections = new ConnectionMeters(registry);
  private final AtomicBoolean hasJvm = new AtomicBoolean();

  @Override
  public PrometheusRegistry registry() {
    return registry;
  }

  @Override
  public ConnectionMeter connection(String kind, String name) {
    return connections.of(kind, name);
  }

  @Override
  public String contentType(@Nullable String accept) {
    return writer(accept).getContentType();
  }

  @Override
  public void write(@Nullable String accept, OutputStream out) throws IOException {
    // Not at start: who never asks does not pay for their classes.
    if (!hasJvm.getAndSet(true)) {
      JvmMetrics.builder().register(registry);
    }
    writer(accept).write(out, registry.scrape());
  }

  private ExpositionFormatWriter writer(@Nullable String accept) {
    return openMetrics.accepts(accept) ? openMetrics : prometheus;
  }
}
