package org.caravanserai.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.ServiceName;
import org.caravanserai.camel.Camel;
import org.caravanserai.camel.CamelAnswer;
import org.caravanserai.runtime.ServiceRevision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that send messages to the endpoints of routes. */
class CamelFacadeTest {

  private static final String ROUTES =
      """
      - route:
          id: greet
          from:
            uri: direct:greet
            steps:
              - setHeader: { name: Answered, simple: "${header.Asked}!" }
              - setBody: { simple: "Hello ${body}, ${exchangeProperty.X-Serai-CID}" }
      - from:
          uri: direct:json
          steps:
            - setBody: { constant: '{"item":"nails","count":3}' }
      - from:
          uri: direct:same
          steps:
            - log: { message: "${body}", loggingLevel: DEBUG }
      - from:
          uri: direct:broken
          steps:
            - throwException: { exceptionType: java.io.IOException, message: "no such ship" }
      - from:
          uri: direct:held
          steps:
            - to: service:held
      """;

  @TempDir Path data;
  private RoutesServer server;

  /** What an answer is read as. */
  public record Order(String item, int count) {}

  /** What a test's service does. */
  @FunctionalInterface
  interface Behaviour {
    Object handle(Camel camel, Context context) throws Exception;
  }

  /** Does what the test wants. */
  @ServiceName("user")
  public static final class User implements Service<String, Object> {
    static volatile Behaviour behaviour = (camel, context) -> "";

    @Override
    public Object handle(String input, Context context) throws Exception {
      return behaviour.handle(context.connection(Camel.class, input), context);
    }
  }

  /** Keeps calls inside until the test lets them go. */
  @ServiceName("held")
  public static final class Held implements Service<String, CompletionStage<String>> {
    static volatile CompletableFuture<String> answer = new CompletableFuture<>();
    static volatile CountDownLatch entered = new CountDownLatch(1);

    @Override
    public CompletionStage<String> handle(String input, Context context) {
      entered.countDown();
      return answer;
    }
  }

  @BeforeEach
  void start() throws Exception {
    Held.answer = new CompletableFuture<>();
    Held.entered = new CountDownLatch(1);
    server = new RoutesServer(data.resolve("server"));
    List<ServiceRevision> services =
        List.of(
            server.registry.prepare(User.class, "user", 1),
            server.registry.prepare(Held.class, "held", 1));
    server.registry.swap(services, List.of());
    server.live("ships", ROUTES);
  }

  @AfterEach
  void stop() {
    Held.answer.complete("");
    server.close();
  }

  private String using(String name, Behaviour behaviour) {
    User.behaviour = behaviour;
    return server.call("user", name);
  }

  private String using(Behaviour behaviour) {
    return using("ships", behaviour);
  }

  @Test
  void aRouteAnswersWithBodyAndHeaders() {
    assertThat(using((camel, context) -> camel.request("direct:greet", "Ada", String.class)))
        .isEqualTo("Hello Ada, cid-1");
    assertThat(
            using(
                (camel, context) -> {
                  CamelAnswer answer =
                      camel.to("direct:greet").body("Ada").header("Asked", 7).request();
                  assertThat(answer.headers()).containsEntry("answered", "7!");
                  assertThat(answer.header("ANSWERED", String.class)).isEqualTo("7!");
                  assertThat(answer.header("Asked", Long.class)).isEqualTo(7L);
                  assertThat(answer.header("Other", String.class)).isNull();
                  assertThat(answer.body(Void.class)).isNull();
                  return answer.body();
                }))
        .isEqualTo("Hello Ada, cid-1");
    assertThat(inside("ships#camel")).isZero();
  }

  @Test
  void anAnswerBecomesWhatTheServiceWants() {
    using(
        (camel, context) -> {
          assertThat(camel.request("direct:json", "", Order.class))
              .isEqualTo(new Order("nails", 3));
          assertThat(camel.request("direct:json", "", byte[].class)).hasSize(26);
          Map<String, Object> nuts = Map.of("item", "nuts", "count", 2);
          assertThat(camel.request("direct:same", nuts, Order.class))
              .isEqualTo(new Order("nuts", 2));
          assertThat(camel.request("direct:same", null, Order.class)).isNull();
          return "";
        });
    assertThatThrownBy(
            () -> using((camel, context) -> camel.request("direct:greet", "x", Order.class)))
        .isInstanceOfSatisfying(
            ServiceException.class,
            failure -> {
              assertThat(failure.status()).isEqualTo(500);
              assertThat(failure.details()).startsWith("The answer does not fit");
            });
  }

  @Test
  void whatWantsNoAnswerWaitsForTheEndAllTheSame() {
    assertThat(
            using(
                (camel, context) -> {
                  camel.send("direct:greet", "Ada", Map.of("Asked", "x"));
                  camel.send("mock:end", "Ada");
                  return "sent";
                }))
        .isEqualTo("sent");
    assertThatThrownBy(
            () ->
                using(
                    (camel, context) -> {
                      camel.send("direct:broken", "");
                      return "sent";
                    }))
        .isInstanceOf(ServiceException.class);
  }

  @Test
  void failuresComeWithMeaning() {
    assertThatThrownBy(
            () -> using((camel, context) -> camel.request("direct:broken", "", String.class)))
        .isInstanceOfSatisfying(
            ServiceException.class,
            failure -> {
              assertThat(failure.status()).isEqualTo(500);
              assertThat(failure).hasRootCauseMessage("no such ship");
            });
    assertFails("direct:nobody", 503, "No route takes messages at direct:nobody");
    assertFails("kafka:x", 500, "There is no endpoint kafka:x");
    assertFails("service:absent", 503, "Service absent is not deployed");
    assertThatThrownBy(() -> using("planes", (camel, context) -> ""))
        .isInstanceOfSatisfying(
            ServiceException.class,
            failure -> {
              assertThat(failure.status()).isEqualTo(503);
              assertThat(failure.details()).isEqualTo("No Camel routes are deployed as planes");
            });
    server.engine.undeploy("ships");
    assertThatThrownBy(() -> using((camel, context) -> ""))
        .hasMessage("No Camel routes are deployed as ships");
  }

  private void assertFails(String uri, int status, String details) {
    assertThatThrownBy(() -> using((camel, context) -> camel.request(uri, "", String.class)))
        .isInstanceOfSatisfying(
            ServiceException.class,
            failure -> {
              assertThat(failure.status()).isEqualTo(status);
              assertThat(failure.details()).isEqualTo(details);
            });
    assertThat(inside("ships#camel")).isZero();
  }

  @Test
  void anAnswerThatComesLaterHoldsNoThread() throws Exception {
    AtomicBoolean returned = new AtomicBoolean();
    CompletableFuture<String> later =
        CompletableFuture.supplyAsync(
            () ->
                using(
                    (camel, context) -> {
                      CompletionStage<String> stage =
                          camel
                              .requestAsync("direct:held", "x", Map.of(), String.class)
                              .thenApply(each -> each + " later");
                      returned.set(true);
                      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
                    }));
    assertThat(Held.entered.await(20, TimeUnit.SECONDS)).isTrue();
    await().untilTrue(returned);
    assertThat(later).isNotDone();
    Held.answer.complete("there");
    assertThat(later.get(20, TimeUnit.SECONDS)).isEqualTo("there later");
    await().until(() -> inside("ships#camel") == 0 && inside("user") == 0);
  }

  @Test
  void anAsynchronousFailureIsTheStages() {
    assertThat(
            using(
                (camel, context) ->
                    camel
                        .to("direct:nobody")
                        .sendAsync()
                        .handle((done, failure) -> failure.getMessage())
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)))
        .endsWith("No route takes messages at direct:nobody");
    assertThat(inside("user")).isZero();
  }

  @Test
  void streamsGoInAndComeOut() {
    server.live(
        "ships",
        """
        - from:
            uri: direct:copy
            steps:
              - convertBodyTo: { type: "byte[]" }
              - convertBodyTo: { type: java.io.InputStream }
        """);
    AtomicBoolean closed = new AtomicBoolean();
    InputStream given =
        new ByteArrayInputStream("a stream".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    assertThat(
            using(
                (camel, context) -> {
                  InputStream answer = camel.request("direct:copy", given, InputStream.class);
                  assertThat(inside("ships#camel")).isEqualTo(1);
                  return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
                }))
        .isEqualTo("a stream");
    // The service has not closed it: the end of its call has.
    assertThat(inside("ships#camel")).isZero();
    assertThat(closed).isTrue();
  }

  @Test
  void noMessageIsLostWhileRoutesAreReplaced() {
    server.live("ships", answering("0"));
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong calls = new AtomicLong();
    User.behaviour = (camel, context) -> camel.request("direct:answer", "x", String.class);
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      callers.add(
          CompletableFuture.runAsync(
              () -> {
                while (!stop.get()) {
                  assertThat(server.call("user", "ships")).containsOnlyDigits();
                  calls.incrementAndGet();
                }
              }));
    }
    for (int i = 1; i <= 10; i++) {
      long before = calls.get();
      server.live("ships", answering("" + i));
      await().until(() -> calls.get() > before);
      assertThat(server.call("user", "ships")).isEqualTo("" + i);
    }
    stop.set(true);
    callers.forEach(CompletableFuture::join);
  }

  private static String answering(String text) {
    return """
    - from:
        uri: direct:answer
        steps:
          - setBody: { constant: "%s" }
    """
        .formatted(text);
  }

  @Test
  void aMessageInsideEndsInItsOwnRevision() throws Exception {
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(
            () -> using((camel, context) -> camel.request("direct:held", "x", String.class)));
    assertThat(Held.entered.await(20, TimeUnit.SECONDS)).isTrue();
    server.live("ships", answering("new"));

    assertThat(first).isNotDone();
    Held.answer.complete("from the old one");
    assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("from the old one");
    assertThat(using((camel, context) -> camel.request("direct:answer", "x", String.class)))
        .isEqualTo("new");
  }

  @Test
  void theEntranceIsNoServiceForOthers() {
    assertThatThrownBy(() -> server.call("ships#camel", "x"))
        .isInstanceOfSatisfying(
            ServiceException.class, failure -> assertThat(failure.status()).isEqualTo(404));
  }

  private long inside(String service) {
    return server.registry.slot(service).current().map(ServiceRevision::inside).orElse(0L);
  }
}
