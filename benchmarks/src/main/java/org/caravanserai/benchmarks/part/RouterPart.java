package org.caravanserai.benchmarks.part;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Figures;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.runtime.internal.RouterBenchmark;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

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
      double routed = nanos(bench, "routed", threads);
      double direct = nanos(bench, "direct", threads);
      Row row =
          Row.of(NAME, "a call, " + threads + (threads == 1 ? " thread" : " threads"), routed, "ns")
              .remark("the service alone " + Figures.text(direct, "ns"));
      rows.add(threads == 1 ? row.with(Target.below(50)) : row);
    }
    return rows;
  }

  private static double nanos(Bench bench, String method, int threads) throws RunnerException {
    TimeValue second = TimeValue.milliseconds(bench.effort().pick(1_000, 500, 100));
    int iterations = bench.effort().pick(5, 3, 1);
    Options options =
        new OptionsBuilder()
            .include("\\Q" + RouterBenchmark.class.getName() + "." + method + "\\E$")
            .threads(threads)
            .forks(bench.effort().pick(2, 1, 1))
            .warmupIterations(iterations)
            .warmupTime(second)
            .measurementIterations(iterations)
            .measurementTime(second)
            .timeUnit(TimeUnit.NANOSECONDS)
            .shouldFailOnError(true)
            .output(bench.project().resolve("benchmarks/target/jmh.log").toString())
            .build();
    return new Runner(options).runSingle().getPrimaryResult().getScore();
  }
}
