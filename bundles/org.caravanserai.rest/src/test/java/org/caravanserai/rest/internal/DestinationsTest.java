package org.caravanserai.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.caravanserai.rest.internal.RestChannel.DeliveryMode;
import org.caravanserai.rest.internal.cache.CachePolicy;
import org.caravanserai.rest.internal.outgoing.Stub;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the content of requests goes besides, or instead of, a service. */
class DestinationsTest {

  private static RestServer server;

  private Stub crm;
  private Stub erp;

  /** Few threads: who waits for a destination must not hold one. */
  @BeforeAll
  static void start() throws Exception {
    server = new RestServer(Map.of("threads", 2));
  }

  @BeforeEach
  void connect() throws Exception {
    crm = new Stub();
    erp = new Stub();
    erp.answers(200, "application/json", "{\"id\":8}");
    server.connect("crm", "host", crm.url(), "urlPath", "/in");
    server.connect("erp", "host", erp.url(), "urlPath", "/orders/{id}");
  }

  @AfterEach
  void clear() {
    server.clear();
    crm.close();
    erp.close();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  private static Destination to(String connection, String... options) {
    return new Destination(
        "to " + connection,
        Destination.Type.REST,
        connection,
        true,
        options.length == 0 ? Map.of() : Map.of(options[0], options[1]));
  }

  private static List<Destination> both() {
    return List.of(to("crm"), to("erp"));
  }

  private static LiveObject<RestChannel> open(
      String service, List<Destination> destinations, Object... changes) throws Exception {
    Stream<Object> all = Stream.concat(Stream.of("destinations", destinations), Stream.of(changes));
    return server.open(RestServer.channel("orders", service, "/orders/{id}", all.toArray()));
  }

  private static void assertError(HttpResponse<String> answer, int status, String details)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(new ObjectMapper().readTree(answer.body()).path("details").asText())
        .contains(details);
  }

  @ParameterizedTest
  @EnumSource(DeliveryMode.class)
  void contentGoesOnWithoutCode(DeliveryMode mode) throws Exception {
    open(null, both(), "deliveryMode", mode);

    HttpResponse<String> answer =
        server.post(
            "/orders/7?source=web&source=shop",
            "{\"name\": \"Ada\"}",
            "Content-Type",
            "application/json",
            "X-Serai-CID",
            "the-cid",
            "Authorization",
            "Basic c2VjcmV0");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"id\":7}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(crm.last().uri()).isEqualTo("/in?source=web&source=shop");
    assertThat(erp.last().uri()).isEqualTo("/orders/7?source=web&source=shop");
    for (Stub stub : List.of(crm, erp)) {
      assertThat(stub.seen).hasSize(1);
      assertThat(stub.last().method()).isEqualTo("POST");
      assertThat(stub.last().body()).isEqualTo("{\"name\": \"Ada\"}");
      assertThat(stub.last().header("Content-Type")).isEqualTo("application/json");
      assertThat(stub.last().header("X-Serai-CID")).isEqualTo("the-cid");
      // Who the caller is to us is nobody's business further on.
      assertThat(stub.last().header("Authorization")).isNull();
    }
  }

  @Test
  void anotherMayAnswer() throws Exception {
    open(null, both(), "respondFrom", Optional.of("to erp"));

    assertThat(server.post("/orders/7", "{}").body()).isEqualTo("{\"id\":8}");
  }

  @Test
  void bytesGoOnAsTheyAreAndBackAsTheyCame() throws Exception {
    crm.handler =
        exchange -> Stub.answer(exchange, 201, "text/plain; charset=utf-8", "d\u00e9j\u00e0");
    open(null, List.of(to("crm", "method", "put")), "dataFormat", DataFormat.RAW);

    HttpResponse<String> answer =
        server.post("/orders/7", "MSH|^~\\&|", "Content-Type", "application/hl7-v2");

    assertThat(crm.last().method()).isEqualTo("PUT");
    assertThat(crm.last().body()).isEqualTo("MSH|^~\\&|");
    assertThat(crm.last().header("Content-Type")).isEqualTo("application/hl7-v2");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("d\u00e9j\u00e0");
    crm.answers(204, "text/plain", "");
    assertThat(server.get("/orders/7").statusCode()).isEqualTo(204);
    assertThat(crm.last().body()).isEmpty();
  }

  @Test
  void theServiceGoesFirstAndAnswers() throws Exception {
    open("test.greet", both());

    assertThat(server.post("/orders/7", "{\"name\":\"Ada\"}").body()).contains("Hello, Ada");
    assertThat(crm.last().body()).isEqualTo("{\"name\":\"Ada\"}");
    assertThat(erp.seen).hasSize(1);
    // A stream is read as a whole, for it goes to several.
    server.open("test.stream", "/s", "destinations", List.of(to("crm")));
    assertThat(server.post("/s", "{\"x\":1}").body()).isEqualTo("{\"x\":1}");
    assertThat(crm.last().body()).isEqualTo("{\"x\":1}");
  }

  @Test
  void aDestinationMayAnswerForTheService() throws Exception {
    open("test.greet", both(), "respondFrom", Optional.of("to crm"));

    assertThat(server.post("/orders/7", "{\"name\":\"Ada\"}").body()).isEqualTo("{\"id\":7}");
    await().until(() -> server.registry.slot("test.greet").current().orElseThrow().inside() == 0);
  }

  @Test
  void whatTheServiceRefusesGoesNowhere() throws Exception {
    open("test.greet", both());

    assertError(server.post("/orders/7", "{}"), 400, "/name: missing");
    assertThat(crm.seen).isEmpty();
    assertThat(erp.seen).isEmpty();
  }

  @Test
  void inOrderNobodyFollowsAFailure() throws Exception {
    crm.answers(500, "text/plain", "at com.example.Secret(Secret.java:1)");
    open("test.greet", both(), "deliveryMode", DeliveryMode.IN_ORDER);

    HttpResponse<String> answer = server.post("/orders/7", "{\"name\":\"Ada\"}");

    assertError(answer, 502, "Destination to crm answered 500");
    assertThat(answer.body()).doesNotContain("Secret");
    assertThat(crm.seen).hasSize(1);
    assertThat(erp.seen).isEmpty();
    await().until(() -> server.registry.slot("test.greet").current().orElseThrow().inside() == 0);
  }

  @Test
  void atTheSameTimeTheOthersGetItAllTheSame() throws Exception {
    crm.answers(500, "text/plain", "no");
    open(null, both(), "respondFrom", Optional.of("to erp"));

    assertError(server.post("/orders/7", "{}"), 502, "Destination to crm answered 500");
    assertThat(erp.seen).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 403, 408, 500, 504})
  void whatConcernsOnlyUsIsABadGateway(int status) throws Exception {
    crm.answers(status, "text/plain", "");
    open(null, List.of(to("crm")));

    assertError(server.post("/orders/7", "{}"), 502, "Destination to crm answered " + status);
  }

  @Test
  void aProxyThatWantsToKnowUsIsABadGateway() throws Exception {
    crm.answers(407, "text/plain", "");
    open(null, List.of(to("crm")));

    assertError(server.post("/orders/7", "{}"), 502, "Destination to crm");
  }

  @ParameterizedTest
  @EnumSource(DeliveryMode.class)
  void whatIsWrongWithTheContentIsTold(DeliveryMode mode) throws Exception {
    crm.answers(422, "application/json", "{\"wrong\":\"name\"}");
    open("test.greet", both(), "deliveryMode", mode, "respondFrom", Optional.of("to crm"));

    HttpResponse<String> answer = server.post("/orders/7", "{\"name\":\"Ada\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).isEqualTo("{\"wrong\":\"name\"}");
    assertThat(erp.seen).hasSize(mode == DeliveryMode.IN_ORDER ? 0 : 1);
  }

  @Test
  void whoIsBusySaysUntilWhen() throws Exception {
    crm.handler =
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "17");
          Stub.answer(exchange, 429, "text/plain", "");
        };
    open(null, List.of(to("crm")));

    HttpResponse<String> answer = server.post("/orders/7", "{}");

    assertError(answer, 503, "Destination to crm answered 429");
    assertThat(answer.headers().firstValue("Retry-After")).contains("17");
    crm.answers(503, "text/plain", "");
    assertThat(server.post("/orders/7", "{}").headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void aConnectionThatIsNotThereIsTold() throws Exception {
    open(null, List.of(to("none")));

    HttpResponse<String> answer = server.post("/orders/7", "{}");

    assertError(answer, 503, "Destination to none: Connection none is not open");
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    crm.close();
    server.open(RestServer.channel("b", null, "/b", "destinations", List.of(to("crm"))));
    assertError(server.post("/b", "{}"), 502, "Destination to crm: Connection crm");
  }

  @Test
  void whatThePathNeedsMustBeThere() throws Exception {
    server.open(RestServer.channel("b", null, "/b", "destinations", List.of(to("erp"))));

    assertError(server.post("/b", "{}"), 400, "the parameter id of the path is missing");
    assertError(server.post("/b?id=..", "{}"), 400, "id of the path must not be empty or dots");
    assertThat(server.post("/b?id=9%2F1", "{}").statusCode()).isEqualTo(200);
    assertThat(erp.last().uri()).isEqualTo("/orders/9%2F1");
  }

  @Test
  void waitingForADestinationHoldsNoThread() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    crm.handler =
        exchange -> {
          awaitQuietly(goOn);
          Stub.answer(exchange, 200, "text/plain", "ok");
        };
    open(null, List.of(to("crm")));
    server.open("test.greet", "/greet");
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(
          server
              .client()
              .sendAsync(
                  server.request("/orders/" + i).build(), HttpResponse.BodyHandlers.ofString()));
    }

    await().until(() -> crm.inside.get() == 10);
    assertThat(server.get("/greet?name=Ada").statusCode()).isEqualTo(200);
    goOn.countDown();

    for (CompletableFuture<HttpResponse<String>> each : waiting) {
      assertThat(each.get().body()).isEqualTo("ok");
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void nothingMoreIsSentOnceTheTimeIsUp() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    crm.handler =
        exchange -> {
          awaitQuietly(goOn);
          Stub.answer(exchange, 200, "text/plain", "ok");
        };
    open(null, both(), "deliveryMode", DeliveryMode.IN_ORDER, "timeout", Duration.ofMillis(100));

    assertError(server.post("/orders/7", "{}"), 504, "");
    goOn.countDown();
    await().until(() -> crm.inside.get() == 0);
    await().during(Duration.ofMillis(200)).until(() -> erp.seen.isEmpty());
  }

  @Test
  void aChannelChangesBetweenServiceAndDestinations() throws Exception {
    LiveObject<RestChannel> channel = server.open("test.greet", "/x");
    String name = "channel /x";

    channel.replace(RestServer.channel(name, null, "/x", "destinations", List.of(to("crm"))));
    assertThat(server.get("/x?name=Ada").body()).isEqualTo("{\"id\":7}");
    await().until(() -> server.camel().context().getRoute("channel_rest/" + name) == null);
    channel.replace(RestServer.channel(name, "test.greet", "/x"));
    assertThat(server.get("/x?name=Ada").body()).contains("Hello, Ada");
    Destination off = new Destination("off", Destination.Type.REST, "crm", false, Map.of());
    channel.replace(RestServer.channel(name, "test.greet", "/x", "destinations", List.of(off)));
    assertThat(server.get("/x?name=Ada").body()).contains("Hello, Ada");
    assertThat(crm.seen).hasSize(1);
  }

  @Test
  void theDocumentTellsNoMoreThanIsKnown() throws Exception {
    open(null, both());
    server.open(
        RestServer.channel(
            "served",
            "test.greet",
            "/served",
            "destinations",
            both(),
            "respondFrom",
            Optional.of("to crm")));

    var document = new ObjectMapper().readTree(server.get("/openapi.json").body());

    assertThat(document.at("/paths/~1orders~1{id}/post/summary").asText()).isEqualTo("orders");
    String schema = "/responses/200/content/application~1json/schema";
    assertThat(document.at("/paths/~1served/post" + schema)).isEmpty();
    assertThat(document.at("/paths/~1served/post/requestBody").isObject()).isTrue();
    assertThat(document.toString()).doesNotContain("crm", "erp");
  }

  private static void assertRefused(
      String field, String message, String service, Object... fields) {
    assertThatThrownBy(
            () -> server.kind.validate(RestServer.channel("orders", service, "/orders", fields)))
        .isInstanceOfSatisfying(
            InvalidObjectException.class,
            refused -> {
              assertThat(refused.field()).isEqualTo(field);
              assertThat(refused.getMessage()).contains(message);
            });
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Destination off = new Destination("off", Destination.Type.REST, "crm", false, Map.of());
    String d = "destinations";
    assertRefused("service", "missing: a channel leads to", null);
    assertRefused("service", "none of the destinations is active", null, d, List.of(off));
    assertRefused(d, "two have the name to crm", null, d, List.of(to("crm"), to("crm")));
    assertRefused(d, "unknown option path; known: method", null, d, List.of(to("a", "path", "x")));
    assertRefused(d, "expected an HTTP method", null, d, List.of(to("a", "method", "SEND")));
    Destination service = new Destination("service", Destination.Type.REST, "crm", true, Map.of());
    assertRefused(d, "means the service", null, d, List.of(service));
    String from = "respondFrom";
    assertRefused("respond_from", "found x", null, d, both(), from, Optional.of("x"));
    assertRefused("respond_from", "found service", null, d, both(), from, Optional.of("service"));
    assertRefused("respond_from", "found off", "a.b", d, List.of(off), from, Optional.of("off"));
    assertRefused("data_encoding", "bytes as they are", null, d, both(), "dataEncoding", "latin1");
    List<String> more = List.of("a.c");
    assertRefused(
        "gateway_service_list", "destinations", "a.b", d, both(), "gatewayServiceList", more);
    assertRefused(
        "gateway_service_list", "without service", null, d, both(), "gatewayServiceList", more);
    CachePolicy kept = RestServer.make(CachePolicy.class, Map.of("isEnabled", true));
    assertRefused(
        "response_cache", "not kept", "a.b", d, both(), "responseCache", Optional.of(kept));
  }
}
