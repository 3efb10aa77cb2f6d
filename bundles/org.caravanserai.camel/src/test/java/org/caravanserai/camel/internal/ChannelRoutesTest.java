package org.caravanserai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.ServiceName;
import org.caravanserai.camel.CamelContextInfo;
import org.caravanserai.camel.ChannelRoute;
import org.caravanserai.camel.ChannelStoppedException;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Rendered;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.ServiceRevision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelRoutesTest {

  private static CamelServer server;
  private static CompletableFuture<String> later;

  private final List<ChannelRoute> opened = new ArrayList<>();

  /** What the services take. */
  public record Greeting(String name) {}

  /** Answers at once. */
  @ServiceName("test.hello")
  public static final class Hello implements Service<Greeting, String> {
    @Override
    public String handle(Greeting input, Context context) {
      return "Hello, " + input.name() + " by " + context.channel().name();
    }
  }

  /** Answers as {@link Hello} does, under another name. */
  @ServiceName("test.greeting")
  public static final class Another implements Service<Greeting, String> {
    @Override
    public String handle(Greeting input, Context context) {
      return "Welcome, " + input.name();
    }
  }

  /** Answers when the test says so. */
  @ServiceName("test.later")
  public static final class Later implements Service<Greeting, CompletionStage<String>> {
    @Override
    public CompletionStage<String> handle(Greeting input, Context context) {
      return later;
    }
  }

  /** Fails. */
  @ServiceName("test.failing")
  public static final class Failing implements Service<Greeting, String> {
    @Override
    public String handle(Greeting input, Context context) {
      throw new ServiceException(409, "not now, " + input.name());
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server = new CamelServer();
    server.deploy(Hello.class);
    server.deploy(Another.class);
    server.deploy(Later.class);
    server.deploy(Failing.class);
  }

  @BeforeEach
  void prepare() {
    later = new CompletableFuture<>();
  }

  @AfterEach
  void closeAll() {
    later.complete("end of test");
    opened.forEach(ChannelRoute::close);
    await().until(() -> camel().getRoutesSize() == 0);
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  private static CamelContext camel() {
    return server.routes.context();
  }

  private ChannelRoute open(String name, String service) {
    ChannelRoute route = server.routes.open("channel_test", name, service);
    opened.add(route);
    return route;
  }

  private static String text(Reply reply) {
    Rendered.Bytes bytes = (Rendered.Bytes) reply.render(DataFormat.RAW);
    reply.close();
    return new String(bytes.content(), StandardCharsets.UTF_8);
  }

  @Test
  void aCallGoesThroughItsRouteToTheService() throws Exception {
    ChannelRoute route = open("one", "test.hello");

    assertThat(text(server.send(route, server.call("{\"name\":\"Ada\"}"))))
        .isEqualTo("Hello, Ada by one");
    assertThat(camel().getRoute("channel_test/one").getEndpoint().getEndpointUri())
        .isEqualTo("channel://channel_test/one");
  }

  @Test
  void theReplyHoldsTheRevisionUntilItIsClosed() throws Exception {
    ServiceRevision revision = server.deploy(Hello.class);
    Reply reply = server.send(open("one", "test.hello"), server.call("{\"name\":\"Ada\"}"));

    assertThat(revision.inside()).isEqualTo(1);
    reply.close();
    assertThat(revision.inside()).isZero();
  }

  @Test
  void namesMayHaveAnyCharacter() throws Exception {
    ChannelRoute route = open("Bestellungen? ä/ö #1 50% + x", "test.hello");

    assertThat(server.send(route, server.call("{\"name\":\"Ada\"}")).failure()).isNull();
    assertThat(camel().getRoute("channel_test/Bestellungen? ä/ö #1 50% + x")).isNotNull();
  }

  @Test
  void anAsynchronousServiceHoldsNoThread() throws Exception {
    ChannelRoute route = open("one", "test.later");
    CompletableFuture<Reply> reply = CamelServer.begin(route, server.call("{\"name\":\"Ada\"}"));

    assertThat(reply).isNotDone();
    later.complete("done");

    assertThat(text(reply.get())).isEqualTo("done");
  }

  @Test
  void failuresReachTheCaller() throws Exception {
    Reply failed = server.send(open("one", "test.failing"), server.call("{\"name\":\"Ada\"}"));
    Reply misfit = server.send(open("two", "test.hello"), server.call("{\"name\":"));
    Reply missing = server.send(open("three", "test.nobody"), server.call("{}"));

    assertThat(failed.failure().status()).isEqualTo(409);
    assertThat(failed.failure().details()).isEqualTo("not now, Ada");
    assertThat(misfit.failure().status()).isEqualTo(400);
    assertThat(missing.failure().status()).isEqualTo(503);
    List.of(failed, misfit, missing).forEach(Reply::close);
  }

  @Test
  void jmxCountsCallsAndFailures() throws Exception {
    ChannelRoute hello = open("counted", "test.hello");
    ChannelRoute failing = open("failing", "test.failing");
    for (int i = 0; i < 5; i++) {
      server.send(hello, server.call("{\"name\":\"Ada\"}")).close();
    }
    server.send(failing, server.call("{\"name\":\"Ada\"}")).close();

    assertThat(jmx("channel_test/counted", "ExchangesTotal")).isEqualTo(5L);
    assertThat(jmx("channel_test/failing", "ExchangesFailed")).isEqualTo(1L);
  }

  private static ObjectName bean(String route) throws Exception {
    return new ObjectName(
        "org.apache.camel:context=serai-channels,type=routes,name=" + ObjectName.quote(route));
  }

  private static Object jmx(String route, String attribute) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    return beans.getAttribute(bean(route), attribute);
  }

  @Test
  void aStoppedOrSuspendedRouteTakesNoCalls() throws Exception {
    ChannelRoute route = open("one", "test.hello");
    var control = camel().getRouteController();

    control.suspendRoute("channel_test/one");
    assertStopped(route);
    control.resumeRoute("channel_test/one");
    server.send(route, server.call("{\"name\":\"Ada\"}")).close();
    control.stopRoute("channel_test/one");
    assertStopped(route);
    control.startRoute("channel_test/one");
    server.send(route, server.call("{\"name\":\"Ada\"}")).close();

    assertThat(control.getRouteStatus("channel_test/one")).isEqualTo(ServiceStatus.Started);
  }

  private static void assertStopped(ChannelRoute route) {
    assertStopped(route, "one");
  }

  private static void assertStopped(ChannelRoute route, String name) {
    assertThatThrownBy(() -> CamelServer.begin(route, server.call("{}")))
        .isInstanceOf(ChannelStoppedException.class)
        .hasMessage("channel channel_test/" + name + " is stopped");
  }

  @Test
  void aClosedRouteIsRemovedWhenItsLastCallHasEnded() throws Exception {
    ChannelRoute route = open("one", "test.later");
    CompletableFuture<Reply> inside = CamelServer.begin(route, server.call("{\"name\":\"Ada\"}"));

    route.close();

    assertThat(camel().getRoute("channel_test/one")).isNotNull();
    assertThatThrownBy(() -> CamelServer.begin(route, server.call("{}")))
        .isInstanceOf(ChannelStoppedException.class)
        .hasMessage("channel channel_test/one has been removed");
    later.complete("late");
    assertThat(text(inside.get())).isEqualTo("late");
    await().until(() -> camel().getRoute("channel_test/one") == null);
    await().until(() -> camel().getEndpoints().isEmpty());
  }

  @Test
  void aChangedServiceTakesOverWithoutLosingCalls() throws Exception {
    ChannelRoute old = open("one", "test.later");
    CompletableFuture<Reply> inside = CamelServer.begin(old, server.call("{\"name\":\"Ada\"}"));

    ChannelRoute next = open("one", "test.hello");
    assertThat(camel().getRoute("channel_test/one~2")).isNotNull();
    assertThat(text(server.send(next, server.call("{\"name\":\"new\"}")))).contains("new");
    old.close();
    // A request that met the old configuration and was still reading its body.
    assertThat(text(server.send(old, server.call("{\"name\":\"late\"}")))).contains("late");
    later.complete("old");

    assertThat(text(inside.get())).isEqualTo("old");
    await().until(() -> camel().getRoute("channel_test/one~2") == null);
    assertThat(camel().getRoutesSize()).isEqualTo(1);
    assertThat(text(server.send(next, server.call("{\"name\":\"Ada\"}")))).contains("Ada");
    assertThat(camel().getRoute("channel_test/one").getRouteId()).isEqualTo("channel_test/one");
  }

  @Test
  void aChannelThatStaysWithItsServiceStaysInItsRoute() throws Exception {
    ChannelRoute old = open("one", "test.later");
    CompletableFuture<Reply> inside = CamelServer.begin(old, server.call("{\"name\":\"Ada\"}"));
    Route camelRoute = camel().getRoute("channel_test/one");

    ChannelRoute next = open("one", "test.later");
    old.close();
    old.close();
    CompletableFuture<Reply> meant = CamelServer.begin(old, server.call("{\"name\":\"Ada\"}"));
    CompletableFuture<Reply> second = CamelServer.begin(next, server.call("{\"name\":\"Ada\"}"));
    later.complete("done");

    assertThat(text(inside.get()) + text(meant.get()) + text(second.get()))
        .isEqualTo("donedonedone");
    assertThat(camel().getRoutes()).containsExactly(camelRoute);
  }

  @Test
  void jmxStopsAndStartsOneRouteAmongOthers() throws Exception {
    ChannelRoute one = open("one", "test.hello");
    ChannelRoute two = open("two", "test.hello");

    invoke("channel_test/one", "stop");
    assertStopped(one);
    server.send(two, server.call("{\"name\":\"Ada\"}")).close();
    assertThat(jmx("channel_test/one", "State")).isEqualTo("Stopped");
    assertThat(jmx("channel_test/two", "State")).isEqualTo("Started");
    invoke("channel_test/one", "start");

    server.send(one, server.call("{\"name\":\"Ada\"}")).close();
    assertThat(jmx("channel_test/one", "ExchangesTotal")).isEqualTo(1L);
  }

  private static void invoke(String route, String operation) throws Exception {
    ManagementFactory.getPlatformMBeanServer()
        .invoke(bean(route), operation, new Object[0], new String[0]);
  }

  @Test
  void aRouteThatAnOperatorStoppedIsReplacedByAnEdit() throws Exception {
    ChannelRoute old = open("one", "test.hello");
    camel().getRouteController().stopRoute("channel_test/one");

    ChannelRoute next = open("one", "test.hello");
    old.close();

    assertThat(text(server.send(next, server.call("{\"name\":\"Ada\"}")))).contains("Ada");
  }

  @Test
  void aRouteIsKnownByItsChannelWithWhatItHasDone() throws Exception {
    ChannelRoute hello = open("known", "test.hello");
    ChannelRoute failing = open("known failing", "test.failing");
    server.send(hello, server.call("{\"name\":\"Ada\"}")).close();
    server.send(failing, server.call("{\"name\":\"Ada\"}")).close();

    assertThat(server.routes.list())
        .extracting(RouteInfo::id)
        .containsExactlyInAnyOrder("channel_test/known", "channel_test/known failing");
    RouteInfo info = server.routes.find("channel_test/known failing").orElseThrow();
    assertThat(info.channel()).hasValue("channel_test/known failing");
    assertThat(info.deployment()).isEmpty();
    assertThat(info.context()).isEqualTo("serai-channels");
    assertThat(info.from()).isEqualTo("channel://channel_test/known+failing");
    assertThat(info.state()).isEqualTo("started");
    assertThat(info.exchanges()).isEqualTo(1);
    assertThat(info.failed()).isEqualTo(1);
    assertThat(info.inflight()).isZero();
    open("unused", "test.hello");
    assertThat(server.routes.find("channel_test/unused").orElseThrow().meanMillis()).isZero();
    assertThat(server.routes.find("channel_test/unknown")).isEmpty();
    assertThat(server.routes.run("channel_test/unknown", RouteAction.STOP)).isEmpty();
    assertThat(server.routes.contexts())
        .extracting(CamelContextInfo::name)
        .containsExactly("serai-channels");
  }

  @Test
  void anOperatorStopsSuspendsAndStartsAChannel() throws Exception {
    ChannelRoute route = open("operated", "test.hello");

    assertThat(state("operated", RouteAction.STOP)).isEqualTo("stopped");
    assertStopped(route, "operated");
    assertThat(state("operated", RouteAction.STOP)).isEqualTo("stopped");
    assertThatThrownBy(() -> state("operated", RouteAction.SUSPEND))
        .isInstanceOf(RouteRefusedException.class)
        .hasMessageContaining("stopped");
    assertThat(state("operated", RouteAction.START)).isEqualTo("started");
    server.send(route, server.call("{\"name\":\"Ada\"}")).close();
    assertThat(state("operated", RouteAction.SUSPEND)).isEqualTo("suspended");
    assertStopped(route, "operated");
    assertThat(state("operated", RouteAction.RESUME)).isEqualTo("started");
    server.send(route, server.call("{\"name\":\"Ada\"}")).close();
    assertThat(state("operated", RouteAction.STOP)).isEqualTo("stopped");
    assertThat(state("operated", RouteAction.RESUME)).isEqualTo("started");
    server.send(route, server.call("{\"name\":\"Ada\"}")).close();
  }

  private static String state(String channel, RouteAction action) throws RouteRefusedException {
    return server.routes.run("channel_test/" + channel, action).orElseThrow().state();
  }

  /** The route of an edited channel has another id for a while, and then a successor. */
  @Test
  void aStopRightAfterAnEditHoldsForTheChannel() throws Exception {
    ChannelRoute old = open("edited", "test.later");
    CompletableFuture<Reply> inside = CamelServer.begin(old, server.call("{\"name\":\"Ada\"}"));
    ChannelRoute next = open("edited", "test.hello");
    old.close();
    assertThat(camel().getRoute("channel_test/edited~2")).isNotNull();

    assertThat(state("edited", RouteAction.STOP)).isEqualTo("stopped");
    assertStopped(next, "edited");
    later.complete("old");
    assertThat(text(inside.get())).isEqualTo("old");
    await().until(() -> camel().getRoute("channel_test/edited~2") == null);

    assertStopped(next, "edited");
    assertThat(server.routes.list()).hasSize(1);
    assertThat(state("edited", RouteAction.START)).isEqualTo("started");
    assertThat(text(server.send(next, server.call("{\"name\":\"Ada\"}")))).contains("Ada");
  }

  @Test
  void aStopHoldsThroughEditsUntilTheChannelIsTakenAway() throws Exception {
    ChannelRoute old = open("held", "test.hello");
    state("held", RouteAction.STOP);

    ChannelRoute same = open("held", "test.hello");
    old.close();
    assertStopped(same, "held");
    ChannelRoute other = open("held", "test.greeting");
    same.close();
    assertStopped(other, "held");
    await().until(() -> camel().getRoutesSize() == 1);
    assertStopped(other, "held");
    other.close();
    assertThat(server.routes.find("channel_test/held")).isEmpty();
    assertThat(server.routes.run("channel_test/held", RouteAction.START)).isEmpty();

    ChannelRoute anew = open("held", "test.hello");
    assertThat(text(server.send(anew, server.call("{\"name\":\"Ada\"}")))).contains("Ada");
  }

  @Test
  void jmxHasOneBeanForEachRouteAndNoneForItsParts() throws Exception {
    open("one", "test.hello");
    open("two", "test.hello");
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    String context = "org.apache.camel:context=serai-channels,type=";

    assertThat(beans.queryNames(new ObjectName(context + "routes,*"), null)).hasSize(2);
    for (String part : List.of("endpoints", "consumers", "producers", "processors")) {
      assertThat(beans.queryNames(new ObjectName(context + part + ",*"), null)).isEmpty();
    }
  }

  @Test
  void changesUnderLoadLoseNoCall() throws Exception {
    ChannelRoute[] current = {open("busy", "test.hello")};
    AtomicInteger answered = new AtomicInteger();
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    List<Thread> callers = new ArrayList<>();
    boolean[] stop = {false};
    for (int i = 0; i < 3; i++) {
      Thread caller =
          new Thread(
              () -> {
                while (!stop[0]) {
                  try {
                    ChannelRoute route;
                    synchronized (current) {
                      route = current[0];
                    }
                    Reply reply = server.send(route, server.call("{\"name\":\"Ada\"}"));
                    if (reply.failure() != null) {
                      failures.add(reply.failure());
                    }
                    reply.close();
                    answered.incrementAndGet();
                  } catch (Exception e) {
                    failures.add(e);
                  }
                }
              });
      caller.start();
      callers.add(caller);
    }
    for (int i = 0; i < 50; i++) {
      ChannelRoute next = open("busy", i % 2 == 0 ? "test.greeting" : "test.hello");
      ChannelRoute last;
      synchronized (current) {
        last = current[0];
        current[0] = next;
      }
      last.close();
      int before = answered.get();
      await().until(() -> answered.get() > before + 10 || !failures.isEmpty());
    }
    stop[0] = true;
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(failures).isEmpty();
    await().until(() -> camel().getRoutesSize() == 1);
    assertThat(camel().getRoute("channel_test/busy")).isNotNull();
  }

  @Test
  void aThousandChannels() throws Exception {
    CamelServer large = new CamelServer();
    try {
      large.deploy(Hello.class);
      ChannelRoute last = large.routes.open("channel_test", "many", "test.hello");
      for (int i = 1; i < 1000; i++) {
        last = large.routes.open("channel_test", "many-" + i, "test.hello");
      }

      assertThat(text(large.send(last, large.call("{\"name\":\"Ada\"}")))).contains("Ada");
      assertThat(large.routes.context().getRoutesSize()).isEqualTo(1000);
    } finally {
      large.stop();
    }
  }
}
