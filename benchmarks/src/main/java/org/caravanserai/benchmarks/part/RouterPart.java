package org.caravanserai.benchmarks.part;

import java.util.ArrayList;
import java.util.List;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Figures;
import org.caravanserai.benchmarks.Jmh;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.runtime.internal.RouterBenchmark;

/** What the router costs a call. */
public final class RouterPart implements Part {

  private static final String NAME = "router";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "JMH: into a slot, through the service and out again, in one JVM, by one thread and by"
        + " two on the same service";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int threads = 1; threads <= 2; threads++) {
      bench.say(threads == 1 ? "one thread" : "two threads");
      double routed = Jmh.nanos(bench, RouterBenchmark.class, "routed", threads);
      double direct = Jmh.nanos(bench, RouterBenchmark.class, "direct", threads);
      Row row =
          Row.of(NAME, "a call, " + threads + (threads == 1 ? " thread" : " threads"), routed, "ns")
              .remark("the service alone " + Figures.text(direct, "ns"));
      rows.add(threads == 1 ? row.with(Target.below(50)) : row);
    }
    return rows;
  }
}
