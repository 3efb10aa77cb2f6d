package org.caravanserai.benchmarks.part;

import java.util.ArrayList;
import java.util.List;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.load.Connection;
import org.caravanserai.benchmarks.load.Samples;
import org.caravanserai.benchmarks.server.Serai;

/** What the message broker does, beside a raw client of Artemis on the same journal. */
public final class PubSubPart implements Part {

  private static final String NAME = "pubsub";
  private static final int FAN_OUT = 100;
  private static final double MB = 1024;
  private static final String SINK =
      """
      @org.caravanserai.api.ServiceName("sink")
      public class Sink implements org.caravanserai.api.Service<String, Void> {
        public Void handle(String input, org.caravanserai.api.Context context) {
          return null;
        }
      }
      """;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "durable messages of 1 KB: published by 16 REST clients and by 16 raw Artemis clients"
        + " (CORE, blocking) on the same server in turn; pushed to a service; to 100 subscriptions;"
        + " and very many waiting in one queue";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    int seconds = bench.effort().pick(15, 8, 1);
    int rounds = bench.effort().pick(5, 3, 1);
    int pushed = bench.effort().pick(100_000, 40_000, 100);
    int waiting = bench.effort().pick(1_000_000, 200_000, 1_000);
    List<Row> rows = new ArrayList<>();
    try (Serai serai = Serai.start(bench, bench.folder("pubsub"));
        Connection api = serai.manage()) {
      Publishers all = new Publishers(serai);
      serai.deploy(api, "Sink", SINK);
      all.configure(api, configuration());
      Samples rest = new Samples();
      Samples raw = new Samples();
      Samples ratios = new Samples();
      Samples millis = new Samples();
      all.rest(seconds, "bench.one", new Samples());
      all.raw(seconds, "bench.one");
      for (int i = 0; i < rounds; i++) {
        bench.say("round " + (i + 1) + " of " + rounds);
        double ours = all.rest(seconds, "bench.one", millis);
        double theirs = all.raw(seconds, "bench.one");
        rest.add(ours);
        raw.add(theirs);
        ratios.add(ours / theirs);
      }
      rows.add(
          Row.of(NAME, "durable publish by REST, 16 clients", rest.median(), "/s")
              .with(Target.above(1_500))
              .remark("raw Artemis client %.0f/s".formatted(raw.median())));
      rows.add(
          Row.of(NAME, "REST / raw Artemis client", ratios.median(), "x")
              .with(Target.atLeast(0.9)));
      rows.add(
          Row.of(NAME, "durable publish by REST, p99", millis.p99(), "ms").with(Target.below(20)));
      bench.say("push");
      rows.add(push(serai, all, pushed));
      bench.say("fan-out");
      double fanned = all.rest(seconds, "bench.all", new Samples());
      rows.add(
          Row.of(NAME, "deliveries into 100 subscriptions", fanned * FAN_OUT, "/s")
              .remark("%.0f messages/s".formatted(fanned)));
      bench.say(waiting + " waiting");
      rows.addAll(waiting(serai, all, waiting));
    }
    return rows;
  }

  private static String configuration() {
    StringBuilder yaml =
        new StringBuilder(
            """
            security:
              - {name: bench, type: basic_auth, username: bench, password: bench}
              - {name: pushed, type: basic_auth, username: pushed, password: pushed}
              - {name: deep, type: basic_auth, username: deep, password: deep}
            """);
    StringBuilder permissions =
        new StringBuilder(
            """
            pubsub_permission:
              - {security: bench, pub: ["bench.**"], sub: ["bench.**"]}
              - {security: pushed, sub: ["bench.**"]}
              - {security: deep, sub: ["bench.**"]}
            """);
    StringBuilder subscriptions =
        new StringBuilder(
            """
            pubsub_subscription:
              - {security: bench, topic_list: [bench.one]}
              - {security: deep, topic_list: [bench.deep]}
              - {security: pushed, topic_list: [bench.pushed]}
            """);
    for (int i = 0; i < FAN_OUT; i++) {
      yaml.append(
          "  - {name: s%1$d, type: basic_auth, username: s%1$d, password: s%1$d}%n".formatted(i));
      permissions.append("  - {security: s%d, sub: [\"bench.**\"]}%n".formatted(i));
      subscriptions.append("  - {security: s%d, topic_list: [bench.all]}%n".formatted(i));
    }
    return yaml
        + permissions.toString()
        + subscriptions
        + """
        pubsub_topic:
          - {name: bench.one, max_depth: 10000000}
          - {name: bench.pushed, max_depth: 10000000}
          - {name: bench.deep, max_depth: 10000000}
          - {name: bench.all, max_depth: 10000000}
        """;
  }

  private static Row push(Serai serai, Publishers all, int count) throws Exception {
    all.send("bench.pushed", false, count, Long.MAX_VALUE);
    // A connection that was idle for long is closed by the server.
    try (Connection api = serai.manage()) {
      return push(all, api, count);
    }
  }

  private static Row push(Publishers all, Connection api, int count) throws Exception {
    all.configure(
        api,
        """
        pubsub_subscription:
          - security: pushed
            topic_list: [bench.pushed]
            delivery_type: push
            push_service: sink
        """);
    long began = System.nanoTime();
    while (all.depth(api, "pushed/bench.pushed") > 0) {
      Thread.onSpinWait();
    }
    double rate = count * 1e9 / (System.nanoTime() - began);
    return Row.of(NAME, "push to a service", rate, "/s")
        .with(Target.above(5_000))
        .remark("%d messages that waited, one at a time".formatted(count));
  }

  private static List<Row> waiting(Serai serai, Publishers all, int count) throws Exception {
    serai.process().collectGarbage();
    long before = serai.process().heapKb();
    all.send("bench.deep", false, count, Long.MAX_VALUE);
    try (Connection api = serai.manage()) {
      return waiting(serai, all, api, count, before);
    }
  }

  private static List<Row> waiting(
      Serai serai, Publishers all, Connection api, int count, long before) throws Exception {
    while (all.depth(api, "deep/bench.deep") < count) {
      Thread.onSpinWait();
    }
    serai.process().collectGarbage();
    double held = (serai.process().heapKb() - before) / MB;
    Samples pages = new Samples();
    for (int i = 0; i < 20; i++) {
      long began = System.nanoTime();
      serai.get(api, "/pubsub/messages?queue=deep/bench.deep&limit=50");
      pages.add((System.nanoTime() - began) / 1e6);
    }
    return List.of(
        Row.of(NAME, "heap of %,d waiting messages".formatted(count), held, "MB"),
        Row.of(NAME, "a page of them, p50", pages.median(), "ms").with(Target.below(200)));
  }
}
