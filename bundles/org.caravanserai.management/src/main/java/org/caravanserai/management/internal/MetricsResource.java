package org.caravanserai.management.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.caravanserai.metrics.Metrics;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** All metrics, for Prometheus. */
@Component(service = Resource.class)
public final class MetricsResource implements Resource {

  private final Metrics metrics;

  /** Made by the container. */
  @Activate
  public MetricsResource(@Reference Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/metrics",
                Operation.METRICS_READ,
                "all metrics in Prometheus' text format, or OpenMetrics for who accepts it",
                this::answer)
            .answers(200, "text/plain", String.class));
  }

  private void answer(ApiExchange exchange) throws IOException {
    String accept = exchange.header("Accept");
    var text = new ByteArrayOutputStream();
    metrics.write(accept, text);
    exchange.answer(200, metrics.contentType(accept), text.toByteArray());
  }
}
