package org.caravanserai.management.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.caravanserai.management.HistoryAnswer;
import org.caravanserai.metrics.History;
import org.caravanserai.metrics.Metrics;
import org.caravanserai.metrics.Numbers;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** All metrics, for Prometheus; the numbers of the last time, for pages. */
@Component(service = Resource.class)
public final class MetricsResource implements Resource {

  private static final int HOUR = 3600;

  private final Metrics metrics;
  private final History history;

  /** Made by the container. */
  @Activate
  public MetricsResource(@Reference Metrics metrics, @Reference History history) {
    this.metrics = metrics;
    this.history = history;
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
            .answers(200, "text/plain", String.class),
        ApiOperation.of(
                "GET",
                "/api/v1/metrics/history",
                Operation.METRICS_READ,
                "numbers of the last time, of the server or of one service",
                this::tellHistory)
            .with(
                List.of(
                    QueryParameter.text("service", "those of this service, not of the server"),
                    QueryParameter.text("names", "only these numbers, with commas"),
                    QueryParameter.number("seconds", "of how long; 3600 by default"),
                    QueryParameter.number(
                        "step", "seconds that a point stands for; those of history_interval")))
            .answers(200, HistoryAnswer.class));
  }

  private void tellHistory(ApiExchange exchange) throws IOException, Problem {
    Query query = exchange.query();
    History.Limits limits = history.limits();
    int interval = limits.intervalSeconds();
    int seconds = query.number("seconds", HOUR, 1, Integer.MAX_VALUE);
    int step = Math.max(interval, query.number("step", interval, 1, Integer.MAX_VALUE));
    List<String> names =
        query.text("names").map(text -> List.of(text.split(","))).orElse(List.of());
    Instant from = Instant.now().minusSeconds(seconds);
    exchange.json(
        200,
        history
            .read(query.text("service").orElse(Numbers.SERVER), from, step)
            .map(span -> HistoryAnswer.of(span, names))
            .orElseGet(() -> HistoryAnswer.none(step)));
  }

  private void answer(ApiExchange exchange) throws IOException {
    String accept = exchange.header("Accept");
    var text = new ByteArrayOutputStream();
    metrics.write(accept, text);
    exchange.answer(200, metrics.contentType(accept), text.toByteArray());
  }
}
