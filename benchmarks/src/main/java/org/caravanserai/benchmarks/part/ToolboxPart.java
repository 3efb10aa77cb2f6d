package org.caravanserai.benchmarks.part;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Figures;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.load.Answer;
import org.caravanserai.benchmarks.load.Connection;
import org.caravanserai.benchmarks.load.Samples;
import org.caravanserai.benchmarks.server.Serai;

/** What calls between services cost, at once and durable. */
public final class ToolboxPart implements Part {

  private static final String NAME = "toolbox";
  private static final int BATCH = 2_000;
  private static final long DRAIN_SECONDS = 600;
  private static final String SOURCE =
      """
      import java.util.*;
      import java.util.concurrent.atomic.*;
      import org.caravanserai.api.*;

      public class Toolbox {
        public record Order(int number, String text) {}

        static final LongAdder CALLS = new LongAdder();

        @ServiceName("bench.count")
        public static class Count implements Service<Order, Void> {
          public Void handle(Order order, Context context) {
            CALLS.increment();
            return null;
          }
        }

        @ServiceName("bench.total")
        public static class Total implements Service<Void, Long> {
          public Long handle(Void nothing, Context context) {
            return CALLS.sum();
          }
        }

        @ServiceName("bench.start")
        public static class Start implements Service<Integer, Integer> {
          public Integer handle(Integer calls, Context context) {
            for (int i = 0; i < calls; i += 100) {
              ParallelCalls all = context.parallel();
              for (int n = 0; n < 100; n++) {
                all = all.call("bench.count", new Order(i + n, "some text"));
              }
              all.durable().start();
            }
            return calls;
          }
        }

        @ServiceName("bench.echo")
        public static class Echo implements Service<Order, Order> {
          public Order handle(Order order, Context context) {
            return order;
          }
        }

        @ServiceName("bench.cost")
        public static class Cost implements Service<Integer, Double> {
          public Double handle(Integer calls, Context context) {
            Order order = new Order(1, "some text");
            Echo echo = new Echo();
            long seen = 0;
            long begin = System.nanoTime();
            for (int i = 0; i < calls; i++) {
              seen += context.invoke("bench.echo", order, Order.class).number();
            }
            long between = System.nanoTime();
            for (int i = 0; i < calls; i++) {
              seen += echo.handle(order, context).number();
            }
            long end = System.nanoTime();
            if (seen != 2L * calls) {
              throw new IllegalStateException();
            }
            return ((between - begin) - (end - between)) / (double) calls;
          }
        }
      }
      """;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "what `invoke` costs over a method call when both services have the same class, one"
        + " thread; and durable calls of a service that counts, stored 100 at a time while they"
        + " are made";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    int calls = bench.effort().pick(100_000, 40_000, BATCH);
    try (Serai serai = Serai.start(bench, bench.folder(NAME));
        Connection api = serai.manage()) {
      serai.deploy(api, "Toolbox", SOURCE);
      Samples cost = new Samples();
      int loops = bench.effort().pick(1_000_000, 500_000, 1_000);
      for (int round = 0; round < 5; round++) {
        double nanos = Double.parseDouble(invoke(serai, api, "bench.cost", loops));
        // The first ones warm up.
        if (round > 1) {
          cost.add(nanos / 1e3);
        }
      }
      bench.say(calls + " durable calls");
      long begin = System.nanoTime();
      for (int i = 0; i < calls; i += BATCH) {
        invoke(serai, api, "bench.start", BATCH);
      }
      double stored = (System.nanoTime() - begin) / 1e9;
      long made = total(serai, api);
      while (made < calls && (System.nanoTime() - begin) / 1e9 < DRAIN_SECONDS) {
        Thread.sleep(20);
        made = total(serai, api);
      }
      double drained = (System.nanoTime() - begin) / 1e9;
      return List.of(
          Row.of(NAME, "invoke over a method call", cost.median(), "us").with(Target.below(1)),
          Row.of(NAME, "durable calls stored and made", made / drained, "/s")
              .remark("%d calls, all stored after %s".formatted(calls, Figures.text(stored, "s"))),
          Row.of(NAME, "durable calls lost", (double) (calls - made), "").with(Target.exactly(0)));
    }
  }

  private static long total(Serai serai, Connection api) throws IOException {
    return Long.parseLong(invoke(serai, api, "bench.total", 0));
  }

  private static String invoke(Serai serai, Connection api, String service, int input)
      throws IOException {
    Answer answer =
        serai.send(
            api,
            "POST",
            "/services/" + service + "/invoke",
            "application/json",
            Integer.toString(input).getBytes(StandardCharsets.UTF_8));
    String body = answer.body().strip();
    if (answer.status() != 200) {
      throw new IOException(service + ": " + answer.status() + " " + body);
    }
    return body;
  }
}
