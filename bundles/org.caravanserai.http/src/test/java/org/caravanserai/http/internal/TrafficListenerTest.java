package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes.Registration;
import org.caravanserai.http.internal.RawConnection.Answer;
import org.caravanserai.spi.ReadinessCheck;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficListenerTest {

  private static TestListener server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestListener();
  }

  @AfterEach
  void clear() {
    server.clear();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertError(Answer answer, int status, String details) {
    String cid = answer.headers().get("x-serai-cid");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(cid).matches("[0-9a-f]{32}");
    assertThat(answer.headers()).containsEntry("content-type", "application/json");
    assertThat(answer.body())
        .startsWith("{\"result\":\"Error\",\"cid\":\"" + cid + "\",\"details\":\"")
        .contains(details)
        .endsWith("\"}");
    assertThat(answer.headers()).doesNotContainKeys("server", "x-powered-by");
  }

  @Test
  void answersWithACidAndWithoutTheServersName() throws Exception {
    server.add("/hello", TestListener.text("hello"));

    HttpResponse<String> answer = server.get("/hello");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello");
    assertThat(answer.headers().firstValue("X-Serai-CID").orElseThrow()).matches("[0-9a-f]{32}");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
    assertThat(answer.headers().firstValue("Content-Length")).contains("5");
  }

  @ParameterizedTest
  @CsvSource({"abc-DEF_123,true", "a b,false", "a\"b,false", "'',false", "ä,false"})
  void takesACallersCidIfItIsSafe(String cid, boolean taken) throws Exception {
    server.add("/hello", TestListener.text("hello"));
    try (RawConnection connection = server.connect()) {
      Answer answer =
          connection
              .send("GET /hello HTTP/1.1\r\nHost: x\r\nX-Serai-CID: " + cid + "\r\n\r\n")
              .answer();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers().get("x-serai-cid").equals(cid)).isEqualTo(taken);
    }
  }

  @Test
  void refusesACidThatIsTooLong() throws Exception {
    server.add("/hello", TestListener.text("hello"));

    assertThat(cidFor("a".repeat(64))).isEqualTo("a".repeat(64));
    assertThat(cidFor("a".repeat(65))).hasSize(32);
  }

  private String cidFor(String sent) throws Exception {
    return server
        .send(server.request("/hello").header("X-Serai-CID", sent))
        .headers()
        .firstValue("X-Serai-CID")
        .orElseThrow();
  }

  @Test
  void anUnknownPathIs404() throws Exception {
    try (RawConnection connection = server.connect()) {
      assertError(
          connection.send("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n").answer(), 404, "nothing");
    }
  }

  @Test
  void anUnknownPathIs503UntilTheServerWasReadyOnce() throws Exception {
    ReadinessCheck waiting = TestListener.check("deploy", Optional.of("restoring"));
    HttpResponse<String> starting;
    HttpResponse<String> ready;
    HttpResponse<String> later;
    try (TestListener fresh = new TestListener()) {
      fresh.health.addCheck(waiting);
      starting = fresh.get("/nowhere");
      fresh.health.removeCheck(waiting);
      ready = fresh.get("/nowhere");
      fresh.health.addCheck(waiting);
      later = fresh.get("/nowhere");
    }

    assertThat(starting.statusCode()).isEqualTo(503);
    assertThat(starting.body()).contains("\"starting\"");
    assertThat(starting.headers().firstValue("Retry-After")).contains("1");
    assertThat(ready.statusCode()).isEqualTo(404);
    assertThat(later.statusCode()).isEqualTo(404);
  }

  @Test
  void aWrongMethodIs405WithThoseAllowed() throws Exception {
    server.add("/hello", TestListener.text("hello"), "GET", "PUT");

    HttpResponse<String> answer =
        server.send(server.request("/hello").POST(BodyPublishers.ofString("x")));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS, PUT");
    assertThat(answer.body()).contains("the method POST is not allowed here");
  }

  @Test
  void optionsNamesTheMethods() throws Exception {
    server.add("/hello", TestListener.text("hello"), "POST");

    HttpResponse<String> answer =
        server.send(server.request("/hello").method("OPTIONS", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Allow")).contains("OPTIONS, POST");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void headIsGetWithoutItsBody() throws Exception {
    server.add("/hello", TestListener.text("hello"));
    try (RawConnection connection = server.connect()) {
      connection.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n");
      Answer head = connection.answer(false);
      Answer get = connection.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").answer();

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers()).containsEntry("content-length", "5");
      assertThat(get.body()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a%2Fb|400",
        "/a/%2e%2e/b|400",
        "/a//b|400",
        "/a/..;/b|400",
        "/a%00b|400",
        "/a%|400",
        "/a%zz|400",
        "/a%ff|400",
        "/a%u0041|400",
        "/a\\b|400",
        "/a/../hello|200",
        "/hello?x=%|200",
        "*|400",
        "hello|400"
      })
  void pathsThatCouldMeanTwoThingsAre400(String path, int status) throws Exception {
    server.add("/hello", TestListener.text("hello"));
    server.add("/a{x}", TestListener.text("wrong"));
    try (RawConnection connection = server.connect()) {
      Answer answer = connection.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").answer();

      assertThat(answer.status()).isEqualTo(status);
      if (status == 400) {
        assertError(answer, 400, "Bad Request");
      }
    }
  }

  @Test
  void pathParametersAreDecoded() throws Exception {
    server.add(
        "/p/{x}",
        exchange ->
            exchange.answer(
                200,
                null,
                exchange.pathParameters().get("x").getBytes(StandardCharsets.UTF_8),
                () -> {}));

    assertThat(server.get("/p/100%25%20%C3%A4+b").body()).isEqualTo("100% ä+b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /hello HTTP/1.1\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: minus\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n",
        "\u0000\u0001\u0002 nonsense\r\n\r\n"
      })
  void malformedRequestsAre400InOurShape(String request) throws Exception {
    server.add("/hello", TestListener.text("hello"));
    try (RawConnection connection = server.connect()) {
      assertError(connection.send(request).answer(), 400, "Bad Request");
      assertThat(connection.isAtEnd()).isTrue();
    }
    assertThat(server.get("/hello").statusCode()).isEqualTo(200);
  }

  @Test
  void tooLongHeadersAre431AndATooLongUriIs414() throws Exception {
    try (RawConnection connection = server.connect()) {
      String big = "x".repeat(20_000);
      assertError(
          connection.send("GET / HTTP/1.1\r\nHost: x\r\nBig: " + big + "\r\n\r\n").answer(),
          431,
          "the headers are too large");
    }
    try (RawConnection connection = server.connect()) {
      assertError(
          connection.send("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n").answer(),
          414,
          "the URI is too long");
    }
  }

  @Test
  void aFailingHandlerIs500WithoutItsMessage() throws Exception {
    server.add(
        "/bad",
        exchange -> {
          throw new IllegalStateException("secret");
        });

    HttpResponse<String> answer = server.get("/bad");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("Internal error").doesNotContain("secret");
  }

  @Test
  void aMalformedQueryIs400WhenItIsRead() throws Exception {
    server.add(
        "/q", exchange -> exchange.answer(200, null, new byte[exchange.query().size()], () -> {}));
    try (RawConnection connection = server.connect()) {
      connection.send("GET /q?x=%ff HTTP/1.1\r\nHost: x\r\n\r\n");
      assertError(connection.answer(), 400, "the query is malformed");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    server.add("/one", TestListener.text("one"));
    server.add("/two", TestListener.text("two"));
    try (RawConnection connection = server.connect()) {
      String one = "GET /one HTTP/1.1\r\nHost: x\r\n\r\n";
      connection.send(one + one.replace("one", "two"));
      connection.send(one.replace("Host: x", "Host: x\r\nConnection: close"));

      assertThat(List.of(connection.answer().body(), connection.answer().body()))
          .containsExactly("one", "two");
      assertThat(connection.answer().body()).isEqualTo("one");
      assertThat(connection.isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/pubsub/topic/{x}", "/openapi.json"})
  void reservedPathsAreRefused(String path) {
    assertThatThrownBy(() -> server.add(path, TestListener.text("mine")))
        .isInstanceOf(RouteConflictException.class)
        .hasMessageContaining("reserved");
  }

  @Test
  void aTemplateDoesNotReachReservedPaths() throws Exception {
    server.add("/{a}/{b}", TestListener.text("mine"));

    assertThat(server.get("/pubsub/x").statusCode()).isEqualTo(503);
    assertThat(server.get("/pubsubs/x").statusCode()).isEqualTo(200);
  }

  @Test
  void healthTellsStatusOnly() throws Exception {
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);

    ReadinessCheck waiting = TestListener.check("deploy", Optional.of("secret reason"));
    server.health.addCheck(waiting);
    HttpResponse<String> ready = server.get("/health/ready");
    Map<String, String> reasons = server.health.reasons();
    server.health.removeCheck(waiting);

    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("not ready").doesNotContain("secret");
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(reasons).containsExactly(Map.entry("deploy", "secret reason"));
    assertThat(
            server.send(server.request("/health/ready").POST(BodyPublishers.noBody())).statusCode())
        .isEqualTo(405);
    assertThat(server.get("/health/other").statusCode()).isEqualTo(404);
  }

  @Test
  void aRequiredCheckThatIsMissingIsAReason() {
    HealthService health =
        new HealthService(
            TestListener.settings(Map.of("required__checks", new String[] {"deploy, objects"})));
    health.addCheck(TestListener.check("deploy", Optional.empty()));

    assertThat(health.reasons())
        .containsExactly(
            Map.entry("http", "the traffic listener is not open"),
            Map.entry("objects", "has not started"));
  }

  @Test
  void whatTheServerDoesWithoutIsToldOnly() {
    HealthService health =
        new HealthService(TestListener.settings(Map.of("required__checks", new String[] {"jobs"})));
    health.listening(true);
    health.addCheck(
        new ReadinessCheck() {
          @Override
          public String name() {
            return "jobs";
          }

          @Override
          public Optional<String> reason() {
            return Optional.of("no database");
          }

          @Override
          public boolean isRequired() {
            return false;
          }
        });

    assertThat(health.ready()).isTrue();
    assertThat(health.reasons()).containsExactly(Map.entry("jobs", "no database"));
  }

  @Test
  void replacingARouteLosesNoRequest() throws Exception {
    Registration registration = server.add("/r/{x}", TestListener.text("v0"));
    Thread changes =
        new Thread(
            () -> {
              try {
                for (int i = 1; i <= 2000; i++) {
                  registration.replace(
                      new TrafficRoute(
                          "test",
                          "r",
                          PathTemplate.parse("/r/{y}"),
                          Set.of("GET"),
                          TestListener.text("v" + i)));
                }
              } catch (RouteConflictException e) {
                throw new IllegalStateException(e);
              }
            });
    changes.start();
    int calls = 0;
    while (changes.isAlive() || calls < 200) {
      assertThat(server.get("/r/1").statusCode()).isEqualTo(200);
      calls++;
    }
    assertThat(server.get("/r/1").body()).isEqualTo("v2000");
    registration.close();
    registration.close();
    assertThat(server.get("/r/1").statusCode()).isEqualTo(404);
  }

  @Test
  void aReplacementThatConflictsChangesNothing() throws Exception {
    server.add("/taken", TestListener.text("taken"));
    Registration registration = server.add("/mine", TestListener.text("mine"));

    assertThatThrownBy(
            () ->
                registration.replace(
                    new TrafficRoute(
                        "test",
                        "me",
                        PathTemplate.parse("/taken"),
                        Set.of("GET"),
                        TestListener.text("x"))))
        .hasMessageContaining("test /taken");
    assertThat(server.get("/mine").body()).isEqualTo("mine");
  }

  @Test
  void aThousandRoutes() throws Exception {
    for (int i = 0; i < 1000; i++) {
      server.add("/api/" + i, TestListener.text("literal " + i));
      server.add("/api/" + i + "/{id}", TestListener.text("template " + i));
    }
    assertThat(server.get("/api/777").body()).isEqualTo("literal 777");
    assertThat(server.get("/api/999/x").body()).isEqualTo("template 999");
  }

  @Test
  void aHandlerThatBlocksIsRefused() {
    JettyListener listener =
        new JettyListener(
            TestListener.settings(Map.of()),
            ClientAddresses.of(TestListener.settings(Map.of())),
            new Handler.Abstract() {
              @Override
              public boolean handle(Request request, Response response, Callback callback) {
                return false;
              }
            },
            new WebSockets(TestListener.settings(Map.of())));

    assertThatThrownBy(listener::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("blocks");
  }

  @Test
  void theAccessLogHasALineForEachRequest() throws Exception {
    server.add(
        "/logged",
        exchange -> {
          exchange.user("ada");
          exchange.answer(200, null, new byte[3], () -> {});
        });
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      server.send(server.request("/logged?x=1").header("X-Serai-CID", "my-cid"));
      await().until(() -> log.toString(StandardCharsets.UTF_8).contains("/logged"));
    } finally {
      System.setErr(before);
    }

    assertThat(log.toString(StandardCharsets.UTF_8))
        .containsPattern(
            "(?m)(^|serai.access - )[-\\d]+T[.:\\d]+\\S+ 127.0.0.1 - ada \"GET /logged\\?x=1 HTTP/1.1\" 200 3 my-cid \\d+us$");
  }

  @Test
  void aTypeThatNobodyAnswersIs406() throws Exception {
    server.add(
        new TrafficRoute(
            "test",
            "json",
            PathTemplate.parse("/typed"),
            Set.of("GET"),
            "application/json",
            TestListener.text("json"),
            null));

    HttpResponse<String> json = server.send(server.request("/typed").header("Accept", "*/*"));
    HttpResponse<String> xml =
        server.send(server.request("/typed").header("Accept", "application/xml"));

    assertThat(json.body()).isEqualTo("json");
    assertThat(json.headers().firstValue("Vary").orElseThrow()).contains("Accept");
    assertThat(xml.statusCode()).isEqualTo(406);
    assertThat(xml.headers().firstValue("Vary").orElseThrow()).contains("Accept");
  }

  @Test
  void whoMayCallFromOtherSitesIsTheRoutesToSay() throws Exception {
    server.add(
        new TrafficRoute(
            "test",
            "open",
            PathTemplate.parse("/open"),
            Set.of("PUT"),
            TrafficRoute.ANY_TYPE,
            TestListener.text("put"),
            TestListener.text("you may")));
    server.add("/closed", TestListener.text("closed"));
    String[] put = {"Origin", "https://a.example", "Access-Control-Request-Method", "PUT"};
    String[] get = {"Origin", "https://a.example", "Access-Control-Request-Method", "GET"};

    assertThat(options("/open", put).body()).isEqualTo("you may");
    assertThat(options("/open", get).statusCode()).isEqualTo(204);
    assertThat(options("/open", get).headers().firstValue("Allow")).contains("OPTIONS, PUT");
    assertThat(options("/open", "Origin", "https://a.example").statusCode()).isEqualTo(204);
    assertThat(options("/closed", put).headers().firstValue("Allow")).isPresent();
  }

  private static HttpResponse<String> options(String path, String... headers) throws Exception {
    return server.send(
        server.request(path).method("OPTIONS", BodyPublishers.noBody()).headers(headers));
  }

  @Test
  void errorsMayBeInXml() throws Exception {
    server.add(
        "/xml",
        exchange -> {
          exchange.errorsInXml();
          exchange.error(400, "</details> & \u0001 \"x\"");
        });

    HttpResponse<String> answer = server.get("/xml");

    String cid = answer.headers().firstValue("X-Serai-CID").orElseThrow();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/xml");
    assertThat(answer.body())
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><result>Error</result><cid>"
                + cid
                + "</cid><details>&lt;/details&gt; &amp; \ufffd \"x\"</details></response>");
  }
}
