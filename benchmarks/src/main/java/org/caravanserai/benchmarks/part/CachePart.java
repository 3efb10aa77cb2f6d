package org.caravanserai.benchmarks.part;

import java.util.ArrayList;
import java.util.List;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Figures;
import org.caravanserai.benchmarks.Jmh;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.cache.internal.CacheBenchmark;

/** What a cache costs. */
public final class CachePart implements Part {

  private static final String NAME = "cache";
  private static final double MB = 1024.0 * 1024;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "JMH: a text out of a cache of 100,000 and into it, by one thread and by two; the heap of"
        + " a million entries";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int threads = 1; threads <= 2; threads++) {
      String by = threads == 1 ? "1 thread" : "2 threads";
      bench.say(by);
      double get = Jmh.nanos(bench, CacheBenchmark.class, "get", threads);
      double caffeine = Jmh.nanos(bench, CacheBenchmark.class, "getOfCaffeine", threads);
      double map = Jmh.nanos(bench, CacheBenchmark.class, "getOfMap", threads);
      double named = Jmh.nanos(bench, CacheBenchmark.class, "getNamed", threads);
      rows.add(
          Row.of(NAME, "get, " + by, get, "ns")
              .with(Target.below(200))
              .remark(
                  "by the cache's name %s; Caffeine alone %s, a map of the same keys %s"
                      .formatted(
                          Figures.text(named, "ns"),
                          Figures.text(caffeine, "ns"),
                          Figures.text(map, "ns"))));
      rows.add(
          Row.of(NAME, "put, " + by, Jmh.nanos(bench, CacheBenchmark.class, "put", threads), "ns"));
    }
    int entries = bench.effort().pick(1_000_000, 1_000_000, 10_000);
    bench.say("the heap");
    long heap = CacheBenchmark.heap(entries);
    rows.add(
        Row.of(NAME, "heap of " + Figures.text(entries) + " entries", heap / MB, "MB")
            .remark(
                Figures.text((double) heap / entries, "bytes") + " each, text of 46 characters"));
    return rows;
  }
}
