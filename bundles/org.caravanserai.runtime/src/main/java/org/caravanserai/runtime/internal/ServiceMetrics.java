package org.caravanserai.runtime.internal;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.caravanserai.metrics.Metrics;
import org.caravanserai.runtime.ServiceInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** What is counted of each service, read when somebody asks. */
@Component(service = ServiceMetrics.class, immediate = true)
public final class ServiceMetrics implements MultiCollector {

  private static final List<String> NAMES =
      List.of(
          "serai_service_invocations",
          "serai_service_busy_seconds",
          "serai_service_calls_inside",
          "serai_service_stuck_threads");

  private final LiveRegistry registry;
  private final Metrics metrics;

  /** Tells of the services of a registry. */
  @Activate
  public ServiceMetrics(@Reference LiveRegistry registry, @Reference Metrics metrics) {
    this.registry = registry;
    this.metrics = metrics;
    metrics.registry().register(this);
  }

  /** Tells no more. */
  @Deactivate
  public void deactivate() {
    metrics.registry().unregister(this);
  }

  @Override
  public List<String> getPrometheusNames() {
    return NAMES;
  }

  @Override
  public MetricSnapshots collect() {
    var invocations =
        CounterSnapshot.builder()
            .name("serai_service_invocations")
            .help("Calls that have ended, or were refused because the service was busy");
    var seconds =
        CounterSnapshot.builder()
            .name("serai_service_busy_seconds")
            .help("Time spent in calls that have ended");
    var inside =
        GaugeSnapshot.builder()
            .name("serai_service_calls_inside")
            .help("Calls inside, those in revisions that drain as well");
    var stuck =
        GaugeSnapshot.builder()
            .name("serai_service_stuck_threads")
            .help("Threads still inside calls whose time ran out");
    for (ServiceInfo service : registry.services()) {
      Labels labels = Labels.of("service", service.name());
      invocations.dataPoint(calls(labels, "ok", service.calls() - service.failures()));
      invocations.dataPoint(calls(labels, "failed", service.failures()));
      invocations.dataPoint(calls(labels, "rejected", service.rejected()));
      seconds.dataPoint(count(labels, registry.busySeconds(service.name())));
      inside.dataPoint(level(labels, service.inside() + service.draining()));
      stuck.dataPoint(level(labels, service.stuck()));
    }
    return new MetricSnapshots(
        List.of(invocations.build(), seconds.build(), inside.build(), stuck.build()));
  }

  private static CounterDataPointSnapshot calls(Labels labels, String outcome, long number) {
    return count(labels.add("outcome", outcome), (double) number);
  }

  private static CounterDataPointSnapshot count(Labels labels, double value) {
    return CounterDataPointSnapshot.builder().labels(labels).value(Math.max(0, value)).build();
  }

  private static GaugeDataPointSnapshot level(Labels labels, long value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }
}
