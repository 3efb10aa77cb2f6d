package org.caravanserai.scheduler.internal;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.List;
import java.util.Locale;
import org.caravanserai.metrics.Metrics;
import org.caravanserai.scheduler.Outcome;
import org.caravanserai.scheduler.internal.engine.Engine;
import org.caravanserai.scheduler.internal.engine.Tally;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Tells in the metrics what the scheduler does. */
@Component(service = SchedulerMetrics.class, immediate = true)
public final class SchedulerMetrics implements MultiCollector {

  private static final String PREFIX = "serai_scheduler_";

  private final Engine engine;
  private final Metrics metrics;

  /** Registers them. */
  @Activate
  public SchedulerMetrics(@Reference LiveScheduler scheduler, @Reference Metrics metrics) {
    this.engine = scheduler.engine();
    this.metrics = metrics;
    metrics.registry().register(this);
  }

  /** Takes them away. */
  @Deactivate
  public void stop() {
    metrics.registry().unregister(this);
  }

  @Override
  public List<String> getPrometheusNames() {
    return List.of(
        PREFIX + "jobs",
        PREFIX + "jobs_active",
        PREFIX + "in_flight",
        PREFIX + "leading",
        PREFIX + "uptime_seconds",
        PREFIX + "clock_difference_seconds",
        PREFIX + "ticks",
        PREFIX + "late_seconds",
        PREFIX + "misfires",
        PREFIX + "skipped",
        PREFIX + "clock_jumps",
        PREFIX + "executions",
        PREFIX + "execution_duration_seconds");
  }

  @Override
  public MetricSnapshots collect() {
    Tally tally = engine.tally();
    return MetricSnapshots.of(
        gauge("jobs", "Jobs that this server knows", engine.known()),
        gauge("jobs_active", "Jobs that are due at some time", (double) engine.active()),
        gauge("in_flight", "Runs that go on in this server", engine.running()),
        gauge("leading", "Whether this server runs the jobs", engine.isLeading() ? 1 : 0),
        gauge("uptime_seconds", "For how long the scheduler is there", tally.uptimeSeconds()),
        gauge(
            "clock_difference_seconds",
            "By how much this server's clock is ahead of the database's",
            engine.clockDifference() / 1000.0),
        counter("ticks", "Times of jobs at which a run began", (double) tally.ticks()),
        counter(
            "late_seconds", "By how much those began late, in all", tally.lateMillis() / 1000.0),
        counter("misfires", "Times of jobs that were missed", (double) tally.misfires()),
        counter("skipped", "Times left out as the run before went on", (double) tally.skipped()),
        counter("clock_jumps", "Jumps of the database's clock", (double) tally.jumps()),
        executions(tally),
        durations(tally));
  }

  private static GaugeSnapshot gauge(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name(PREFIX + name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }

  private static CounterSnapshot counter(String name, String help, double value) {
    return CounterSnapshot.builder()
        .name(PREFIX + name)
        .help(help)
        .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
        .build();
  }

  private static CounterSnapshot executions(Tally tally) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder().name(PREFIX + "executions").help("Runs that have ended");
    for (Outcome outcome : Outcome.values()) {
      counter.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(Labels.of("outcome", outcome.name().toLowerCase(Locale.ROOT)))
              .value((double) tally.runs(outcome))
              .build());
    }
    return counter.build();
  }

  private static SummarySnapshot durations(Tally tally) {
    long count = 0;
    for (Outcome outcome : Outcome.values()) {
      count += tally.runs(outcome);
    }
    return SummarySnapshot.builder()
        .name(PREFIX + "execution_duration_seconds")
        .help("How long runs took")
        .dataPoint(
            SummaryDataPointSnapshot.builder().count(count).sum(tally.millis() / 1000.0).build())
        .build();
  }
}
