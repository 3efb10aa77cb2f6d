package org.caravanserai.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes.Registration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code platform-http} and the REST DSL on the traffic listener. */
class HttpDoorsTest {

  @TempDir static Path data;
  private static RoutesServer server;

  @BeforeAll
  static void start() {
    server = new RoutesServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void takeAllAway() {
    server.engine.list().forEach(each -> server.engine.undeploy(each.name()));
    await().until(() -> server.get("/x").statusCode() == 404);
  }

  private static String at(String uri, String expression) {
    return """
        - from:
            uri: platform-http:%s
            steps:
              - setBody:
                  simple: "%s"
        """
        .formatted(uri, expression);
  }

  @Test
  void aRouteAnswersAtItsPath() {
    server.live("x", at("/x", "Hello ${header.name} from ${header.CamelHttpMethod}"));
    HttpResponse<String> answer = server.get("/x?name=Ada");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("Hello Ada from GET");
    assertThat(answer.headers().firstValue("X-Serai-CID")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(server.get("/x/below").statusCode()).isEqualTo(404);
    assertThat(server.engine.find("x").orElseThrow().services()).isEmpty();
  }

  @Test
  void parametersOfThePathAreHeaders() {
    server.live("x", at("/x/{id}/lines/{line}", "${header.id}-${header.line}"));

    assertThat(server.get("/x/a%20b/lines/2").body()).isEqualTo("a b-2");
  }

  @Test
  void theBodyGoesInAndHeadersComeOut() {
    server.live(
        "x",
        """
        - from:
            uri: platform-http:/x?httpMethodRestrict=POST
            steps:
              - setHeader: { name: X-Count, constant: "3" }
              - setHeader: { name: CamelHttpResponseCode, constant: "202" }
              - setHeader: { name: Content-Type, constant: "application/json" }
              - setBody: { simple: "{\\"got\\":\\"${body}\\"}" }
        """);
    HttpResponse<String> answer = server.post("/x", "text/plain", "abc");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"got\":\"abc\"}");
    assertThat(answer.headers().firstValue("X-Count")).contains("3");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().map()).doesNotContainKeys("user-agent", "camelhttpmethod");
    assertThat(server.get("/x").statusCode()).isEqualTo(405);
  }

  @Test
  void aRouteMayAnswerWithAnErrorOfItsOwn() {
    server.live(
        "x",
        """
        - from:
            uri: platform-http:/x
            steps:
              - setHeader: { name: CamelHttpResponseCode, constant: "404" }
              - setBody: { constant: "no such thing" }
        """);
    HttpResponse<String> answer = server.get("/x");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("no such thing");
  }

  @Test
  void anExceptionIsAnErrorWithoutItsTrace() {
    server.live(
        "x",
        """
        - from:
            uri: platform-http:/x
            steps:
              - throwException: { exceptionType: java.lang.IllegalStateException, message: "secret" }
        """);
    HttpResponse<String> answer = server.get("/x");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("\"result\":\"Error\"").doesNotContain("secret");
  }

  @Test
  void formsAreMaps() {
    server.live("x", at("/x", "${body[name]} ${body[of]}"));

    assertThat(server.post("/x", "application/x-www-form-urlencoded", "name=A+B&of=%C3%A9").body())
        .isEqualTo("A B \u00e9");
  }

  @Test
  void tooLargeABodyIsRefused() {
    server.live("x", at("/x", "fine"));

    assertThat(server.post("/x", "text/plain", "y".repeat(1001)).statusCode()).isEqualTo(413);
    assertThat(server.post("/x", "text/plain", "y".repeat(1000)).body()).isEqualTo("fine");
  }

  @Test
  void aBodyMayStream() {
    server.live("x", at("/x?useStreaming=true", "${bodyAs(String)}"));

    assertThat(
            server
                .send(
                    server
                        .request("/x")
                        .POST(
                            BodyPublishers.ofInputStream(
                                () -> new java.io.ByteArrayInputStream(new byte[] {'a', 'b'}))))
                .body())
        .isEqualTo("ab");
  }

  @Test
  void aPrefixTakesWhatIsBelow() {
    server.live("x", at("/x?matchOnUriPrefix=true", "${header.CamelHttpPath}"));

    assertThat(server.get("/x").body()).isEqualTo("/x");
    assertThat(server.get("/x/a/b").body()).isEqualTo("/x/a/b");
  }

  @Test
  void whoMayNotCallIsRefused() {
    server.live("x", at("/x?security=nobody", "fine"));

    assertThat(server.get("/x").statusCode()).isIn(401, 503);
  }

  @Test
  void theRestDslIsServed() {
    server.live(
        "x",
        """
        - rest:
            path: /x
            get:
              - path: /{id}
                to: direct:get
            post:
              - to: direct:post
        - from:
            uri: direct:get
            steps: [ { setBody: { simple: "got ${header.id}" } } ]
        - from:
            uri: direct:post
            steps: [ { setBody: { simple: "posted ${body}" } } ]
        """);

    assertThat(server.get("/x/7").body()).isEqualTo("got 7");
    assertThat(server.post("/x", "text/plain", "it").body()).isEqualTo("posted it");
    assertThat(server.send(server.request("/x/7").DELETE()).statusCode()).isEqualTo(405);
  }

  @Test
  void aPathOfAnotherIsAConflict() throws Exception {
    Registration taken =
        server.traffic.add(
            new TrafficRoute(
                "channel_rest",
                "orders",
                PathTemplate.parse("/taken"),
                Set.of("GET"),
                exchange -> exchange.error(418, "taken")));
    try {
      server.live("x", at("/x", "one"));
      Rejected rejected = server.rejected("x", at("/taken?httpMethodRestrict=GET", "two"));

      assertThat(rejected.stage()).isEqualTo("conflict");
      assertThat(rejected.diagnostics())
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.line()).isEqualTo(2);
                assertThat(each.message()).contains("channel_rest orders");
              });
      assertThat(server.get("/taken").statusCode()).isEqualTo(418);
      assertThat(server.get("/x").body()).isEqualTo("one");
      assertThat(server.rejected("y", at("/health/mine", "no")).stage()).isEqualTo("conflict");
      assertThat(server.rejected("z", at("/x", "other file")).stage()).isEqualTo("conflict");
    } finally {
      taken.close();
    }
  }

  @Test
  void aBadPathIsRefusedAtItsLine() {
    Rejected rejected = server.rejected("x", at("/x/{a}/{a}", "no"));

    assertThat(rejected.diagnostics().get(0).line()).isEqualTo(2);
    assertThat(rejected.diagnostics().get(0).message()).contains("{a} twice");
  }

  @Test
  void noRequestIsLostWhileRoutesAreReplaced() {
    server.live("x", at("/x", "0"));
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong calls = new AtomicLong();
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      callers.add(
          CompletableFuture.runAsync(
              () -> {
                while (!stop.get()) {
                  HttpResponse<String> answer = server.get("/x");
                  assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                  calls.incrementAndGet();
                }
              }));
    }
    for (int i = 1; i <= 10; i++) {
      long before = calls.get();
      // The methods change too, and with them the name of the entrance.
      server.live("x", at(i % 2 == 0 ? "/x" : "/x?httpMethodRestrict=GET", "" + i));
      await().until(() -> calls.get() > before || callers.stream().anyMatch(c -> c.isDone()));
      assertThat(server.get("/x").body()).isEqualTo("" + i);
    }
    stop.set(true);
    callers.forEach(CompletableFuture::join);
  }

  @Test
  void namesOfParametersMayChange() {
    server.live("x", at("/x/{id}", "${header.id}"));
    server.live("x", at("/x/{name}", "${header.name}${header.id}"));

    assertThat(server.get("/x/7").body()).isEqualTo("7");
    assertThat(server.rejected("x", at("/x/{a}", "1") + at("/x/{b}", "2")).diagnostics())
        .singleElement()
        .satisfies(each -> assertThat(each.message()).contains("two routes start from"));
  }

  @Test
  void whatIsUndeployedIsNotThereAtOnce() {
    server.live("x", at("/x", "one"));
    server.engine.undeploy("x");

    assertThat(server.get("/x").statusCode()).isEqualTo(404);
  }
}
