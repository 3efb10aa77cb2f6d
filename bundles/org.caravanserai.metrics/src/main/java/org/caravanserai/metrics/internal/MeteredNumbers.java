package org.caravanserai.metrics.internal;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.HashMap;
import java.util.Map;
import org.caravanserai.metrics.NumberSource;
import org.caravanserai.metrics.Numbers;

/** Sums of what is in the registry: how much there is of it, and how fast counters rise. */
final class MeteredNumbers implements NumberSource {

  private static final Map<String, String> NAMES =
      Map.of(
          "serai_channel_requests", "http_requests",
          "serai_http_requests_in_flight", "http_inside",
          "serai_http_connections", "http_connections",
          "serai_pubsub_queue_messages", "pubsub_messages",
          "serai_pubsub_queue_added", "pubsub_in",
          "serai_pubsub_queue_acknowledged", "pubsub_out",
          "serai_scheduler_executions", "jobs",
          "serai_deploys", "deploys");

  private final PrometheusRegistry registry;
  private final Map<String, Double> before = new HashMap<>();

  MeteredNumbers(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void tell(Numbers numbers) {
    for (MetricSnapshot snapshot : registry.scrape(NAMES::containsKey)) {
      String name = NAMES.getOrDefault(snapshot.getMetadata().getName(), "");
      if (name.isEmpty()) {
        continue;
      }
      if (snapshot instanceof CounterSnapshot counter) {
        double total = counter.getDataPoints().stream().mapToDouble(each -> each.getValue()).sum();
        Double known = before.put(name, total);
        // What is taken away takes its counts along.
        double more = known == null ? 0 : Math.max(0, total - known);
        numbers.level(Numbers.SERVER, name, more / numbers.seconds());
      } else if (snapshot instanceof GaugeSnapshot gauge) {
        numbers.level(
            Numbers.SERVER,
            name,
            gauge.getDataPoints().stream().mapToDouble(each -> each.getValue()).sum());
      }
    }
  }
}
