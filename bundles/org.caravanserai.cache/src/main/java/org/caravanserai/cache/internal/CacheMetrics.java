package org.caravanserai.cache.internal;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.caravanserai.metrics.Metrics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Tells in the metrics how it is with each cache. */
@Component(service = CacheMetrics.class, immediate = true)
public final class CacheMetrics implements MultiCollector {

  private static final List<String> NAMES =
      List.of(
          "serai_cache_entries",
          "serai_cache_bytes",
          "serai_cache_hits",
          "serai_cache_misses",
          "serai_cache_writes",
          "serai_cache_evictions",
          "serai_cache_expirations");

  private final LiveCaches caches;
  private final Metrics metrics;

  /** Registers them. */
  @Activate
  public CacheMetrics(@Reference LiveCaches caches, @Reference Metrics metrics) {
    this.caches = caches;
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
    return NAMES;
  }

  @Override
  public MetricSnapshots collect() {
    List<LiveCache> all = caches.all();
    List<LiveCache> own = all.stream().filter(cache -> !cache.store().isShared()).toList();
    return MetricSnapshots.of(
        gauge("entries", "Values in a cache", own, cache -> cache.store().size()),
        gauge(
            "bytes", "Memory that the values of a cache take", own, cache -> cache.store().bytes()),
        counter("hits", "Values that were read", all, meter -> meter.hits),
        counter("misses", "Values that were asked for and not there", all, meter -> meter.misses),
        counter("writes", "Values that were put", all, meter -> meter.writes),
        counter("evictions", "Values that had to make room", all, meter -> meter.evictions),
        counter("expirations", "Values whose time was up", all, meter -> meter.expirations));
  }

  private static GaugeSnapshot gauge(
      String name, String help, List<LiveCache> caches, ToDoubleFunction<LiveCache> value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name("serai_cache_" + name).help(help);
    for (LiveCache each : caches) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of("cache", each.name()))
              .value(value.applyAsDouble(each))
              .build());
    }
    return gauge.build();
  }

  private static CounterSnapshot counter(
      String name, String help, List<LiveCache> caches, Function<Meter, LongAdder> value) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder().name("serai_cache_" + name).help(help);
    for (LiveCache each : caches) {
      counter.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(Labels.of("cache", each.name()))
              .value((double) value.apply(each.meter()).sum())
              .build());
    }
    return counter.build();
  }
}
