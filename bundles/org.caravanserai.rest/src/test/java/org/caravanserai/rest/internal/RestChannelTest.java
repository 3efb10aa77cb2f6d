package org.caravanserai.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.ServiceRevision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestChannelTest {

  private static RestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new RestServer(Map.of());
  }

  @BeforeEach
  void prepare() {
    Services.gate = new Semaphore(0);
    Services.later = new CompletableFuture<>();
  }

  @AfterEach
  void clear() {
    Services.gate.release(1000);
    Services.later.complete("end of test");
    server.clear();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  private static void assertError(HttpResponse<String> answer, int status, String details) {
    String cid = answer.headers().firstValue("X-Serai-CID").orElseThrow();
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body())
        .startsWith("{\"result\":\"Error\",\"cid\":\"" + cid + "\",\"details\":\"")
        .contains(details);
  }

  @Test
  void jsonGoesInAndComesOut() throws Exception {
    server.open("test.greet", "/greet");

    HttpResponse<String> answer =
        server.post("/greet", "{\"name\":\"Ada\",\"age\":36}", "Content-Type", "application/json");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"greeting\":\"Hello, Ada, 36\"}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("X-Serai-CID")).isPresent();
  }

  @Test
  void queryGoesOverPathAndBothOverTheBody() throws Exception {
    server.open("test.map", "/m/{a}");

    String body =
        server.post("/m/path?a=query&b=query", "{\"a\":\"body\",\"b\":\"body\",\"c\":1}").body();

    assertThat(body).contains("\"a\":\"query\"", "\"b\":\"query\"", "\"c\":1");
  }

  @Test
  void parametersAreEnoughForGet() throws Exception {
    server.open("test.greet", "/greet/{name}");

    assertThat(server.get("/greet/Gr%C3%A4fin%20Ada?age=36").body())
        .isEqualTo("{\"greeting\":\"Hello, Gräfin Ada, 36\"}");
    assertError(server.get("/greet/Ada?age=old"), 400, "/age");
    assertError(server.get("/greet/Ada?age=%ff"), 400, "the query is malformed");
  }

  @Test
  void whatDoesNotFitIs400WithItsPlace() throws Exception {
    server.open("test.greet", "/greet");
    server.open("test.greet", "/strict", "strict", true);

    assertError(server.post("/greet", "{}"), 400, "/name: missing");
    assertError(server.post("/greet", ""), 400, "/name: missing");
    assertError(server.post("/greet", "{\"name\":"), 400, "");
    assertError(server.post("/greet", "{\"name\":\"Ada\",\"age\":\"old\"}"), 400, "/age");
    assertThat(server.post("/greet", "{\"name\":\"Ada\",\"x\":1}").statusCode()).isEqualTo(200);
    assertError(server.post("/strict", "{\"name\":\"Ada\",\"x\":1}"), 400, "/x");
  }

  @Test
  void aJsonChannelTakesFormsAndWhatCurlCallsOne() throws Exception {
    server.open("test.greet", "/greet");
    String form = "application/x-www-form-urlencoded";

    assertThat(server.post("/greet", "name=Ada+L&age=36", "Content-Type", form).body())
        .isEqualTo("{\"greeting\":\"Hello, Ada L, 36\"}");
    assertThat(server.post("/greet", " {\"name\":\"Ada\"}", "Content-Type", form).body())
        .isEqualTo("{\"greeting\":\"Hello, Ada\"}");
  }

  @Test
  void aFormChannelTakesForms() throws Exception {
    server.open("test.greet", "/form", "dataFormat", DataFormat.FORM);

    assertThat(server.post("/form", "name=Ada").body()).contains("Hello, Ada");
    assertError(
        server.post("/form", "{}", "Content-Type", "application/json"),
        415,
        "Content-Type application/json is not taken here: application/x-www-form-urlencoded");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json,200",
    "Application/JSON;Charset=\"UTF-8\",200",
    "application/vnd.acme+json;v=1,200",
    "text/plain,200",
    "application/xml,415",
    "multipart/form-data,415",
    "application/json;charset=utf-16,415"
  })
  void otherContentTypesAre415(String type, int status) throws Exception {
    server.open("test.greet", "/greet");

    assertThat(server.post("/greet", "{\"name\":\"Ada\"}", "Content-Type", type).statusCode())
        .isEqualTo(status);
  }

  @Test
  void aRawChannelTakesAnything() throws Exception {
    server.open("test.text", "/raw", "dataFormat", DataFormat.RAW);

    HttpResponse<String> answer = server.post("/raw", "<a/>", "Content-Type", "text/xml");

    assertThat(answer.body()).isEqualTo("<a/>");
  }

  @Test
  void streamsGoThroughWithoutBeingHeld() throws Exception {
    server.open("test.stream", "/stream", "dataFormat", DataFormat.RAW);
    server.open("test.big", "/big", "dataFormat", DataFormat.RAW);
    String text = "x".repeat(1_000_000);

    assertThat(server.post("/stream", text).body()).isEqualTo(text);
    assertThat(server.get("/big").body()).hasSize(3_000_000);
    assertThat(server.get("/stream").body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"test.text", "test.stream"})
  void tooLargeABodyIs413(String service) throws Exception {
    server.open(service, "/small", "dataFormat", DataFormat.RAW, "maxRequestSize", "1KB");
    String large = "x".repeat(1025);

    assertThat(server.post("/small", "x".repeat(1024)).body()).hasSize(1024);
    assertError(server.post("/small", large), 413, "the body is larger than 1024 bytes");
    assertError(
        server.send(
            server
                .request("/small")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large)))),
        413,
        "the body is larger than 1024 bytes");
  }

  @Test
  void nothingToSayIs204() throws Exception {
    server.open("test.nothing", "/nothing");

    HttpResponse<String> answer = server.post("/nothing", "{}");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void failuresAreAnsweredWithoutSecrets() throws Exception {
    server.open("test.fail", "/fail");
    server.open("test.nobody", "/nobody");

    assertError(server.post("/fail", "{\"name\":\"Ada\",\"age\":409}"), 409, "told to fail");
    HttpResponse<String> passing = server.post("/fail", "{\"name\":\"Ada\",\"age\":503}");
    assertError(passing, 503, "told to fail");
    assertThat(passing.headers().firstValue("Retry-After")).contains("7");
    HttpResponse<String> broken = server.post("/fail", "{\"name\":\"Ada\"}");
    assertThat(broken.headers().firstValue("Retry-After")).isEmpty();
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(broken.body()).doesNotContain("secret", "Exception");
    HttpResponse<String> nobody = server.get("/nobody");
    assertError(nobody, 503, "test.nobody");
    assertThat(nobody.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void theServiceSeesTheRequestAndSetsTheAnswer() throws Exception {
    server.open("test.headers", "/h/{id}", "contentType", Optional.of("text/x-channel"));

    HttpResponse<String> answer =
        server.send(server.request("/h/a%20b?q=1&q=2").header("X-Sent", "me"));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Location")).contains("/orders/1");
    assertThat(answer.headers().firstValue("X-Seen")).contains("me");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/vnd.test+json");
    assertThat(answer.body())
        .contains(
            "\"method\":\"GET\"",
            "\"path\":\"/h/a%20b\"",
            "\"query\":{\"q\":[\"1\",\"2\"]}",
            "\"parameters\":{\"id\":\"a b\"}",
            "\"address\":\"127.0.0.1\"",
            "\"sent\":[\"me\"]");
  }

  @Test
  void theChannelSetsTheContentType() throws Exception {
    server.open("test.greet", "/greet", "contentType", Optional.of("application/hal+json"));

    assertThat(server.get("/greet?name=Ada").headers().firstValue("Content-Type"))
        .contains("application/hal+json");
  }

  @Test
  void methodsAreThoseOfTheChannel() throws Exception {
    server.open(RestServer.channel("read", "test.greet", "/p", "method", List.of("get")));
    server.open(RestServer.channel("write", "test.map", "/p", "method", List.of("PUT", "POST")));

    assertThat(server.get("/p?name=Ada").body()).contains("Hello, Ada");
    assertThat(server.post("/p", "{}").body()).contains("\"channel\":\"write\"");
    HttpResponse<String> wrong = server.send(server.request("/p").DELETE());
    assertError(wrong, 405, "DELETE");
    assertThat(wrong.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS, POST, PUT");
    HttpResponse<String> head =
        server.send(server.request("/p?name=Ada").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("25");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void credentialsAreAskedBeforeTheBodyIsRead() throws Exception {
    server.secure("partner", "BASIC_AUTH", "ada", "lovelace");
    server.open("test.map", "/secure", "security", Optional.of("partner"), "maxRequestSize", "1KB");

    HttpResponse<String> missing = server.post("/secure", "x".repeat(5000));
    assertError(missing, 401, "the credentials are missing or wrong");
    assertThat(missing.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic");
    assertError(server.post("/secure", "{}", "Authorization", basic("ada:wrong")), 401, "");
    assertError(server.post("/secure", "{}", "Authorization", "Basic %%%"), 401, "");
    assertThat(server.post("/secure", "{}", "Authorization", basic("ada:lovelace")).body())
        .contains("\"user\":\"partner\"", "\"kind\":\"channel_rest\"");
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anApiKeyLetsIn() throws Exception {
    server.secure("key", "APIKEY", "ada", "k-123");
    server.open("test.map", "/secure", "security", Optional.of("key"));

    assertThat(server.post("/secure", "{}", "X-API-Key", "k-123").statusCode()).isEqualTo(200);
    assertError(server.post("/secure", "{}", "X-API-Key", "k-124"), 401, "");
  }

  @Test
  void aMissingSecurityDefinitionLetsNobodyIn() throws Exception {
    server.open("test.map", "/secure", "security", Optional.of("not-there"));

    assertError(server.post("/secure", "{}"), 401, "");
  }

  @Test
  void atTheTimeoutTheCallerGets504() throws Exception {
    server.open("test.wait", "/wait", "timeout", Duration.ofMillis(200));
    server.open("test.later", "/later", "timeout", Duration.ofMillis(200));

    assertError(server.get("/wait"), 504, "no answer within 200 ms");
    assertError(server.get("/later"), 504, "no answer within 200 ms");
  }

  @Test
  void anAsynchronousServiceAnswersLater() throws Exception {
    server.open("test.later", "/later", "dataFormat", DataFormat.RAW);
    CompletableFuture<HttpResponse<String>> call =
        server
            .client()
            .sendAsync(server.request("/later").build(), HttpResponse.BodyHandlers.ofString());
    Services.later.complete("at last");

    assertThat(call.get().body()).isEqualTo("at last");
  }

  @Test
  void aCallHoldsItsRevisionUntilTheLastByte() throws Exception {
    ServiceRevision revision = server.deploy(Services.Greet.class);
    server.open("test.greet", "/greet");

    server.get("/greet?name=Ada");

    await().until(() -> revision.inside() == 0);
  }

  @Test
  void aStoppedRouteIs503() throws Exception {
    // A name of its own: the route of a name just closed has its successor under another id for a
    // while.
    server.open(RestServer.channel("stopped", "test.greet", "/greet"));
    var control = server.camel().context().getRouteController();

    control.stopRoute("channel_rest/stopped");
    HttpResponse<String> stopped = server.get("/greet?name=Ada");
    assertError(stopped, 503, "channel channel_rest/stopped is stopped");
    assertThat(stopped.headers().firstValue("Retry-After")).contains("1");
    control.startRoute("channel_rest/stopped");
    assertThat(server.get("/greet?name=Ada").statusCode()).isEqualTo(200);
  }

  @Test
  void aConflictNamesTheOtherChannel() throws Exception {
    server.open(RestServer.channel("first", "test.greet", "/a/{x}"));

    assertThatThrownBy(() -> server.open(RestServer.channel("second", "test.map", "/a/{y}")))
        .isInstanceOf(RouteConflictException.class)
        .hasMessageContaining("channel_rest first");
    assertThat(server.get("/a/1?name=Ada").statusCode()).isEqualTo(200);
    await().until(() -> server.camel().context().getRoute("channel_rest/second") == null);
  }

  @Test
  void aReplacedChannelServesWithoutAGap() throws Exception {
    var channel = server.open(RestServer.channel("one", "test.greet", "/old"));

    channel.replace(RestServer.channel("one", "test.greet", "/new"));
    assertError(server.get("/old?name=Ada"), 404, "");
    assertThat(server.get("/new?name=Ada").body()).contains("Hello, Ada");
    channel.replace(RestServer.channel("one", "test.greet-again", "/new"));
    assertThat(server.get("/new?name=Ada").body()).contains("Again, Ada");
    await()
        .until(
            () ->
                server.camel().context().getRoute("channel_rest/one") != null
                    && server.camel().context().getRoutesSize() == 1);
    assertThat(server.get("/new?name=Ada").body()).contains("Again, Ada");
  }

  @Test
  void aReplacementThatConflictsChangesNothing() throws Exception {
    server.open(RestServer.channel("first", "test.map", "/taken"));
    var channel = server.open(RestServer.channel("second", "test.greet", "/mine"));

    assertThatThrownBy(
            () -> channel.replace(RestServer.channel("second", "test.greet-again", "/taken")))
        .isInstanceOf(RouteConflictException.class);
    assertThat(server.get("/mine?name=Ada").body()).contains("Hello, Ada");
  }

  @Test
  void changesUnderLoadLoseNoRequest() throws Exception {
    var channel = server.open(RestServer.channel("one", "test.greet", "/busy"));
    boolean[] done = {false};
    Thread changes =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 40; i++) {
                  String service = i % 2 == 0 ? "test.greet-again" : "test.greet";
                  channel.replace(RestServer.channel("one", service, "/busy"));
                  server.deploy(Services.Greet.class);
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              } finally {
                done[0] = true;
              }
            });
    changes.start();
    int calls = 0;
    while (changes.isAlive() || calls < 100) {
      HttpResponse<String> answer = server.post("/busy", "{\"name\":\"Ada\"}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      calls++;
    }
    changes.join();

    assertThat(done[0]).isTrue();
  }

  @Test
  void aClosedChannelIs404() throws Exception {
    server.open("test.greet", "/greet").close();

    assertError(server.get("/greet?name=Ada"), 404, "");
  }

  @Test
  void manyRequestsOnOneConnection() throws Exception {
    server.open("test.greet", "/greet");
    HttpRequest request =
        server.request("/greet").POST(BodyPublishers.ofString("{\"name\":\"Ada\"}")).build();

    for (int i = 0; i < 300; i++) {
      assertThat(server.client().send(request, HttpResponse.BodyHandlers.ofString()).body())
          .isEqualTo("{\"greeting\":\"Hello, Ada\"}");
    }
  }
}
