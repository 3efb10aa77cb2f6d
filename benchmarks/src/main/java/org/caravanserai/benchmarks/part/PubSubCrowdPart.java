package org.caravanserai.benchmarks.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.load.Connection;
import org.caravanserai.benchmarks.load.Samples;
import org.caravanserai.benchmarks.server.Serai;

/** Many topics and subscribers on one broker, and what troubled ones cost the others. */
public final class PubSubCrowdPart implements Part {

  private static final String NAME = "pubsub-crowd";
  private static final int SUBSCRIBERS = 5;
  private static final double MB = 1024;
  private static final String SERVICE =
      """
      @org.caravanserai.api.ServiceName("%1$s")
      public class %2$s implements org.caravanserai.api.Service<String, Void> {
        public Void handle(String input, org.caravanserai.api.Context context) throws Exception {
          %3$s
          return null;
        }
      }
      """;
  private static final String NEIGHBOURS =
      """
      security:
        - {name: bench, type: basic_auth, username: bench, password: bench}
        - {name: well, type: basic_auth, username: well, password: well}
        - {name: slow, type: basic_auth, username: slow, password: slow}
        - {name: poisoned, type: basic_auth, username: poisoned, password: poisoned}
      pubsub_topic:
        - {name: bench.near, max_depth: 10000000}
      pubsub_permission:
        - {security: bench, pub: ["bench.**"]}
        - {security: well, sub: ["bench.**"]}
        - {security: slow, sub: ["bench.**"]}
        - {security: poisoned, sub: ["bench.**"]}
      pubsub_subscription:
        - {security: well, topic_list: [bench.near], delivery_type: push, push_service: well}
      """;
  private static final String TROUBLED =
      """
      pubsub_subscription:
        - {security: slow, is_active: %1$s, topic_list: [bench.near], delivery_type: push, push_service: slow}
        - {security: poisoned, is_active: %1$s, topic_list: [bench.near], delivery_type: push, push_service: poisoned}
      """;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "a subscriber whose neighbours on the topic are a slow service and one that always fails,"
        + " beside the same with both at rest, in turn; 1,000 topics with 5 subscribers each, 16 REST"
        + " clients";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (Serai serai = Serai.start(bench, bench.folder(NAME))) {
      rows.add(neighbours(bench, serai));
      rows.addAll(topics(bench, serai));
    }
    return rows;
  }

  private static Row neighbours(Bench bench, Serai serai) throws Exception {
    int count = bench.effort().pick(100_000, 40_000, 200);
    int rounds = bench.effort().pick(7, 5, 1);
    Publishers publishers = new Publishers(serai);
    try (Connection api = serai.manage()) {
      serai.deploy(api, "Well", SERVICE.formatted("well", "Well", ""));
      serai.deploy(api, "Slow", SERVICE.formatted("slow", "Slow", "Thread.sleep(200);"));
      serai.deploy(
          api,
          "Poisoned",
          SERVICE.formatted(
              "poisoned", "Poisoned", "if (true) throw new IllegalStateException(\"no\");"));
      publishers.configure(api, NEIGHBOURS);
    }
    Samples ratios = new Samples();
    delivered(serai, publishers, false, count);
    for (int i = 0; i < rounds; i++) {
      bench.say("neighbours, round " + (i + 1) + " of " + rounds);
      double alone = delivered(serai, publishers, false, count);
      ratios.add(delivered(serai, publishers, true, count) / alone);
    }
    return Row.of(
            NAME, "a subscriber beside a slow and a failing one / alone", ratios.median(), "x")
        .with(Target.atLeast(0.9));
  }

  /** Messages a second that reach the subscriber that is well. */
  private static double delivered(Serai serai, Publishers publishers, boolean trouble, int count)
      throws Exception {
    try (Connection api = serai.manage()) {
      publishers.configure(api, TROUBLED.formatted(trouble));
      long began = System.nanoTime();
      publishers.send("bench.near", false, count, Long.MAX_VALUE);
      while (publishers.depth(api, "well/bench.near") > 0) {
        Thread.onSpinWait();
      }
      return count * 1e9 / (System.nanoTime() - began);
    }
  }

  private static List<Row> topics(Bench bench, Serai serai) throws Exception {
    int topics = bench.effort().pick(1_000, 1_000, 20);
    int seconds = bench.effort().pick(20, 10, 1);
    Publishers publishers = new Publishers(serai);
    serai.process().collectGarbage();
    long before = serai.process().heapKb();
    double millis;
    try (Connection api = serai.manage()) {
      long began = System.nanoTime();
      publishers.configure(api, configuration(topics));
      millis = (System.nanoTime() - began) / 1e6;
    }
    serai.process().collectGarbage();
    double heap = (serai.process().heapKb() - before) / MB;
    publishers.rest(seconds, client -> own(client, topics), new Samples());
    double rate = publishers.rest(seconds, client -> own(client, topics), new Samples());
    String all = "%,d topics x %d subscribers: ".formatted(topics, SUBSCRIBERS);
    return List.of(
        Row.of(NAME, all + "import", millis / 1000, "s"),
        Row.of(NAME, all + "heap", heap, "MB"),
        Row.of(NAME, all + "durable publish by REST, 16 clients", rate, "/s")
            .remark("%.0f deliveries/s into queues".formatted(rate * SUBSCRIBERS)));
  }

  private static List<String> own(int client, int topics) {
    return IntStream.range(0, topics)
        .filter(
            number -> number % Publishers.CLIENTS == client % Math.min(topics, Publishers.CLIENTS))
        .mapToObj(number -> "many.t" + number)
        .toList();
  }

  private static String configuration(int topics) throws IOException {
    String names =
        String.join(", ", IntStream.range(0, topics).mapToObj(n -> "many.t" + n).toList());
    StringBuilder security = new StringBuilder("security:\n");
    StringBuilder permissions =
        new StringBuilder(
            "pubsub_permission:\n  - {security: bench, pub: [\"bench.**\", \"many.*\"]}\n");
    StringBuilder subscriptions = new StringBuilder("pubsub_subscription:\n");
    StringBuilder declared = new StringBuilder("pubsub_topic:\n");
    for (int i = 0; i < SUBSCRIBERS; i++) {
      security.append(
          "  - {name: m%1$d, type: basic_auth, username: m%1$d, password: m}%n".formatted(i));
      permissions.append("  - {security: m%d, sub: [\"many.*\"]}%n".formatted(i));
      subscriptions.append("  - {security: m%d, topic_list: [%s]}%n".formatted(i, names));
    }
    for (int i = 0; i < topics; i++) {
      declared.append("  - {name: many.t%d}%n".formatted(i));
    }
    return security.toString() + declared + permissions + subscriptions;
  }
}
