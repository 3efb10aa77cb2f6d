package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes.Registration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is below {@code /pubsub}. */
class PubSubPathsTest {

  private static TestListener server;

  private final List<Registration> own = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    server = new TestListener();
  }

  @AfterEach
  void clear() {
    own.forEach(Registration::close);
    own.clear();
    server.clear();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private void add(String path, TrafficHandler handler) throws Exception {
    own.add(server.routes.addPubSub(route(path, handler)));
  }

  private static TrafficRoute route(String path, TrafficHandler handler) {
    return new TrafficRoute("pubsub", path, PathTemplate.parse(path), Set.of("POST"), handler);
  }

  private static String error(HttpResponse<String> answer, String details, String status) {
    String cid = answer.headers().firstValue("X-Serai-CID").orElseThrow();
    return "{\"is_ok\":false,\"cid\":\""
        + cid
        + "\",\"details\":\""
        + details
        + "\",\"status\":\""
        + status
        + "\"}";
  }

  @Test
  void aRouteThereIsNoChannels() throws Exception {
    TrafficHandler handler = TestListener.text("published");

    assertThatThrownBy(() -> server.add("/pubsub/topic/{topic}", handler))
        .isInstanceOf(RouteConflictException.class)
        .hasMessageContaining("reserved");
    assertThatThrownBy(() -> server.routes.check(route("/pubsub/topic/{topic}", handler)))
        .isInstanceOf(RouteConflictException.class);
    assertThatThrownBy(() -> server.routes.addPubSub(route("/orders", handler)))
        .isInstanceOf(IllegalArgumentException.class);

    try (Registration own = server.routes.addPubSub(route("/pubsub/topic/{topic}", handler));
        Registration channel = server.routes.add(route("/orders", handler))) {
      assertThat(
              server.send(server.request("/pubsub/topic/a.b").POST(BodyPublishers.noBody())).body())
          .isEqualTo("published");
      assertThatThrownBy(() -> channel.replace(route("/pubsub/topic/{topic}", handler)))
          .isInstanceOf(RouteConflictException.class);
      assertThatThrownBy(() -> own.replace(route("/orders/more", handler)))
          .isInstanceOf(RouteConflictException.class);
    }
    assertThat(
            server
                .send(server.request("/pubsub/topic/a.b").POST(BodyPublishers.noBody()))
                .statusCode())
        .describedAs("the broker may come back")
        .isEqualTo(503);
  }

  @Test
  void aChannelForAllPathsDoesNotGetThem() throws Exception {
    add("/pubsub/other", TestListener.text("published"));
    server.add("/{any}/{path}", TestListener.text("channel"));

    assertThat(server.get("/pubsub/topic").statusCode()).isEqualTo(404);
    assertThat(server.get("/other/topic").body()).isEqualTo("channel");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/pubsub,404,404 Not Found,nothing is at this path",
    "GET,/pubsub/other,404,404 Not Found,nothing is at this path",
    "GET,/pubsub/topic/x,405,405 Method Not Allowed,the method GET is not allowed here",
    "POST,/pubsub/topic/x,413,413 Payload Too Large,the body is larger than 3 bytes",
  })
  void errorsHaveTheirOwnForm(String method, String path, int status, String text, String details)
      throws Exception {
    add("/pubsub/topic/{topic}", exchange -> exchange.readBody(3, body -> {}));

    HttpResponse<String> answer =
        server.send(server.request(path).method(method, BodyPublishers.ofString("12345")));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(error(answer, details, text));
  }

  @Test
  void whatTheListenerRefusesItselfHasItToo() throws Exception {
    try (RawConnection connection = server.connect()) {
      RawConnection.Answer answer =
          connection.send("GET /pubsub/topic/a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n").answer();

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("\"status\":\"400 Bad Request\"");
    }
  }

  @Test
  void whoWantsToKnowIsToldOfAnAnswerThatWasWritten() throws Exception {
    AtomicReference<Boolean> written = new AtomicReference<>();
    add(
        "/pubsub/told",
        exchange -> exchange.answerTold(200, "text/plain", bytes("told"), written::set));

    assertThat(server.send(server.request("/pubsub/told").POST(BodyPublishers.noBody())).body())
        .isEqualTo("told");
    await().untilAsserted(() -> assertThat(written.get()).isTrue());
  }

  @Test
  void whoWantsToKnowIsToldOfAnAnswerThatWasNot() throws Exception {
    AtomicReference<Boolean> written = new AtomicReference<>();
    CountDownLatch came = new CountDownLatch(1);
    AtomicReference<Runnable> answer = new AtomicReference<>();
    add(
        "/pubsub/lost",
        exchange -> {
          answer.set(
              () -> exchange.answerTold(200, "text/plain", new byte[20_000_000], written::set));
          came.countDown();
        });
    try (RawConnection connection = server.connect()) {
      connection.send("POST /pubsub/lost HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
      came.await();
    }
    answer.get().run();

    await().untilAsserted(() -> assertThat(written.get()).isFalse());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
