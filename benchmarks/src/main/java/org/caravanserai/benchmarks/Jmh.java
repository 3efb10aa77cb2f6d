package org.caravanserai.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs one method of a JMH benchmark, in JVMs of its own. */
public final class Jmh {

  private Jmh() {}

  /** The mean time of a call, in nanoseconds. */
  public static double nanos(Bench bench, Class<?> benchmark, String method, int threads)
      throws RunnerException {
    TimeValue second = TimeValue.milliseconds(bench.effort().pick(1_000, 500, 100));
    int iterations = bench.effort().pick(5, 3, 1);
    Options options =
        new OptionsBuilder()
            .include("\\Q" + benchmark.getName() + "." + method + "\\E$")
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
