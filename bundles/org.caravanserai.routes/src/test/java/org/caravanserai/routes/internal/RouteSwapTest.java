package org.caravanserai.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;
import org.caravanserai.camel.CamelContextInfo;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;
import org.caravanserai.runtime.ServiceRevision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The change from one revision of routes to the next, while they are used. */
class RouteSwapTest {

  @TempDir Path data;
  private RoutesServer server;

  /** Keeps calls inside until the test lets them go. */
  @ServiceName("held")
  public static final class Held implements Service<String, String> {
    static CountDownLatch entered = new CountDownLatch(1);
    static CountDownLatch released = new CountDownLatch(1);
    static final AtomicLong inside = new AtomicLong();
    static final AtomicLong most = new AtomicLong();

    @Override
    public String handle(String input, Context context) throws Exception {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      entered.countDown();
      try {
        assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
        return input + " was held";
      } finally {
        inside.decrementAndGet();
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = new RoutesServer(data.resolve("server"));
    Held.entered = new CountDownLatch(1);
    Held.released = new CountDownLatch(1);
    Held.most.set(0);
    ServiceRevision held = server.registry.prepare(Held.class, "held", 1);
    server.registry.swap(List.of(held), List.of());
  }

  @AfterEach
  void stop() {
    Held.released.countDown();
    server.close();
    // Camel ends its contexts aside; a timer of this test would run in the next one.
    await().atMost(30, TimeUnit.SECONDS).until(() -> !ticks());
  }

  private static boolean ticks() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().contains("timer://"));
  }

  private static String answering(String text) {
    return """
    - from:
        uri: service:answer
        steps:
          - setBody:
              constant: "%s"
    """
        .formatted(text);
  }

  @Test
  void noCallIsLostWhileRoutesAreReplaced() {
    server.live("answer", answering("0"));
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong calls = new AtomicLong();
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(
          CompletableFuture.runAsync(
              () -> {
                while (!stop.get()) {
                  assertThat(server.call("answer", "x")).containsOnlyDigits();
                  calls.incrementAndGet();
                }
              }));
    }
    for (int i = 1; i <= 10; i++) {
      long before = calls.get();
      server.live("answer", answering("" + i));
      await().until(() -> calls.get() > before);
      assertThat(server.call("answer", "x")).isEqualTo("" + i);
    }
    stop.set(true);
    callers.forEach(CompletableFuture::join);
  }

  @Test
  void anExchangeInsideEndsInItsOwnRevision() throws Exception {
    server.live(
        "answer",
        """
        - from:
            uri: service:answer
            steps:
              - to: service:held
              - setBody:
                  simple: "${body} in the first"
        """);
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(() -> server.call("answer", "x"));
    assertThat(Held.entered.await(20, TimeUnit.SECONDS)).isTrue();
    server.live("answer", answering("second"));

    assertThat(server.call("answer", "x")).isEqualTo("second");
    assertThat(first).isNotDone();
    Held.released.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("x was held in the first");
  }

  private String timer(String text) {
    return """
    - from:
        uri: timer:tick?period=5&delay=0
        steps:
          - setBody:
              constant: "%s"
          - to: service:held
          - to: file:%s?fileName=out-%s.txt&fileExist=Append
    """
        .formatted(text, data.resolve("out"), text);
  }

  @Test
  void aTimerNeverRunsInTwoRevisions() throws Exception {
    server.live("ticks", timer("one"));
    assertThat(Held.entered.await(20, TimeUnit.SECONDS)).isTrue();
    server.live("ticks", timer("two"));
    server.live("ticks", timer("three"));

    // The first is held inside: neither of the others has begun.
    assertThat(Held.inside.get()).isEqualTo(1);
    Held.released.countDown();
    await().until(() -> Files.exists(data.resolve("out/out-three.txt")));
    assertThat(data.resolve("out/out-one.txt")).exists();
    assertThat(data.resolve("out/out-two.txt")).doesNotExist();
    assertThat(Held.most.get()).isEqualTo(1);
  }

  @Test
  void aRouteThatWasStartedByHandIsPausedToo() throws Exception {
    server.live(
        "ticks",
        """
        - route:
            id: t
            autoStartup: "false"
            from:
              uri: timer:tick?period=5&delay=0
              steps:
                - to: service:held
        - from:
            uri: service:begin
            steps:
              - to: controlbus:route?routeId=t&action=start
        """);
    assertThat(Held.inside.get()).isZero();
    server.call("begin", "");
    assertThat(Held.entered.await(20, TimeUnit.SECONDS)).isTrue();
    server.live("ticks", timer("next"));

    assertThat(Held.inside.get()).isEqualTo(1);
    Held.released.countDown();
    await().until(() -> Files.exists(data.resolve("out/out-next.txt")));
    assertThat(Held.most.get()).isEqualTo(1);
  }

  @Test
  void theRoutesOfTheCurrentRevisionAreListed() {
    Held.released.countDown();
    server.live("listed", answering("0"));
    server.live("listed", answering("1"));
    server.live("ticks", timer("one"));
    server.call("answer", "x");

    assertThat(server.routes.list())
        .extracting(RouteInfo::id)
        .containsExactlyInAnyOrder("listed#route1", "ticks#route1");
    RouteInfo info = server.routes.find("listed#route1").orElseThrow();
    assertThat(info.deployment()).hasValue("listed");
    assertThat(info.channel()).isEmpty();
    assertThat(info.from()).isEqualTo("service://answer");
    assertThat(info.exchanges()).isEqualTo(1);
    assertThat(server.routes.contexts())
        .extracting(CamelContextInfo::name)
        .containsExactlyInAnyOrder("listed", "ticks");
    assertThat(server.routes.find("route1")).isEmpty();
    assertThat(server.routes.find("none#route1")).isEmpty();

    server.engine.undeploy("listed");
    await().until(() -> server.routes.find("listed#route1").isEmpty());
  }

  @Test
  void anOperatorStopsAndStartsAnEntrance() throws Exception {
    server.live("entered", answering("0"));

    assertThat(state("entered#route1", RouteAction.STOP)).isEqualTo("stopped");
    assertThatThrownBy(() -> server.call("answer", "x")).hasMessageContaining("is stopped");
    assertThat(state("entered#route1", RouteAction.START)).isEqualTo("started");
    assertThat(server.call("answer", "x")).isEqualTo("0");
    assertThat(state("entered#route1", RouteAction.SUSPEND)).isIn("stopped", "suspended");
    assertThatThrownBy(() -> server.call("answer", "x")).hasMessageContaining("is stopped");
    assertThat(state("entered#route1", RouteAction.RESUME)).isEqualTo("started");
    assertThat(server.call("answer", "x")).isEqualTo("0");
    assertThat(server.routes.run("entered#none", RouteAction.STOP)).isEmpty();

    state("entered#route1", RouteAction.STOP);
    server.live("entered", answering("1"));
    assertThat(server.call("answer", "x")).isEqualTo("1");
  }

  /** It would run beside what the revision before has begun. */
  @Test
  void whatWaitsForTheRevisionBeforeIsNotStartedByHandButMayBeStopped() throws Exception {
    server.live("ticks", timer("one"));
    assertThat(Held.entered.await(20, TimeUnit.SECONDS)).isTrue();
    server.live("ticks", timer("two"));

    assertThatThrownBy(() -> state("ticks#route1", RouteAction.START))
        .isInstanceOf(RouteRefusedException.class)
        .hasMessageContaining("still ending");
    assertThat(state("ticks#route1", RouteAction.STOP)).isEqualTo("stopped");
    Held.released.countDown();
    await().until(() -> startsAgain("ticks#route1"));
    await().until(() -> Files.exists(data.resolve("out/out-two.txt")));
    assertThat(Held.most.get()).isEqualTo(1);
  }

  private boolean startsAgain(String route) {
    try {
      return state(route, RouteAction.START).equals("started");
    } catch (RouteRefusedException e) {
      return false;
    }
  }

  private String state(String route, RouteAction action) throws RouteRefusedException {
    return server.routes.run(route, action).orElseThrow().state();
  }

  @Test
  void filesAreTakenOnceAndAll() throws Exception {
    Held.released.countDown();
    Path in = Files.createDirectories(data.resolve("in"));
    Path out = data.resolve("out");
    server.live("files", files(in, out, 0));
    int written = 0;
    for (int revision = 1; revision <= 5; revision++) {
      for (int i = 0; i < 20; i++) {
        Path unfinished = in.resolve(".part");
        Files.writeString(unfinished, "" + written);
        Files.move(unfinished, in.resolve("f" + written++ + ".txt"));
      }
      server.live("files", files(in, out, revision));
    }
    int all = written;
    await().untilAsserted(() -> assertThat(lines(out)).hasSizeGreaterThanOrEqualTo(all));
    assertThat(lines(out)).hasSize(all).doesNotHaveDuplicates();
  }

  @Test
  void aPollThatHasAlreadyAskedWhetherItMayDoesNotBeginAfterThePause() throws Exception {
    CamelContext camel = new DefaultCamelContext();
    Path in = Files.createDirectories(data.resolve("late"));
    Files.writeString(in.resolve("one.txt"), "1");
    var consumer =
        (ScheduledPollConsumer)
            camel
                .getEndpoint("file:" + in + "?startScheduler=false")
                .createConsumer(exchange -> {});
    consumer.start();
    assertThat(consumer.getPollStrategy().begin(consumer, consumer.getEndpoint())).isTrue();

    PausedPolls.of(consumer);

    consumer.run();
    assertThat(in.resolve("one.txt")).exists();
    assertThat(consumer.getPollStrategy().begin(consumer, consumer.getEndpoint())).isFalse();
    camel.stop();
  }

  private static String files(Path in, Path out, int revision) {
    return """
    - from:
        uri: file:%s?delay=10&initialDelay=0&move=.done
        steps:
          - setBody:
              simple: "${bodyAs(String)}"
          - setHeader: { name: revision, constant: "%d" }
          - to: file:%s?fileName=all.txt&fileExist=Append&appendChars=\\n
    """
        .formatted(in, revision, out);
  }

  private static List<String> lines(Path out) throws IOException {
    Path file = out.resolve("all.txt");
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).toList();
    }
  }

  @Test
  void whatIsOnItsWayInsideAContextArrives() throws Exception {
    server.live(
        "queued",
        """
        - from:
            uri: service:answer
            steps:
              - to:
                  uri: seda:later
                  parameters: { waitForTaskToComplete: Never }
        - from:
            uri: seda:later
            steps:
              - to: service:held
              - to: file:%s?fileName=all.txt&fileExist=Append&appendChars=\\n
        """
            .formatted(data.resolve("out")));
    for (int i = 0; i < 5; i++) {
      server.call("answer", "a" + i);
    }
    server.live("queued", answering("new"));
    Held.released.countDown();

    await().untilAsserted(() -> assertThat(lines(data.resolve("out"))).hasSize(5));
  }

  @Test
  void aDryRunStartsNothing() {
    Held.released.countDown();
    assertThat(
            server.engine.deploy(
                "ticks",
                timer("one").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                new org.caravanserai.deploy.DeployOptions(
                    java.util.OptionalInt.empty(), true, false)))
        .isInstanceOf(org.caravanserai.deploy.DeployResult.Live.class);
    server.live("answer", answering("x"));
    assertThat(Held.most.get()).isZero();
    assertThat(server.registry.slot("answer").current()).isPresent();
  }

  @Test
  void whatIsUndeployedEnds() {
    Held.released.countDown();
    server.live("ticks", timer("one"));
    await().until(() -> Held.most.get() > 0);
    server.live("answer", answering("x"));
    server.engine.undeploy("answer");
    server.engine.undeploy("ticks");

    assertThat(server.registry.slot("answer").current()).isEmpty();
    Held.most.set(0);
    await().until(() -> Held.inside.get() == 0);
  }
}
