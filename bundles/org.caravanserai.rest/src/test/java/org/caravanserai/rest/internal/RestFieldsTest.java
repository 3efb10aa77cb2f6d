package org.caravanserai.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.rest.internal.RestChannel.Cors;
import org.caravanserai.rest.internal.RestChannel.Params;
import org.caravanserai.rest.internal.RestChannel.UrlParams;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.spi.InvalidObjectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fields of a channel do. */
class RestFieldsTest {

  private static RestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new RestServer(Map.of());
  }

  @AfterEach
  void clear() {
    server.clear();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @Test
  void theQueryGoesOverThePathUnlessTheChannelSaysOtherwise() throws Exception {
    server.open("test.greet", "/a/{name}");
    server.open("test.greet", "/b/{name}", "urlParamsPri", UrlParams.PATH_OVER_QS);

    assertThat(server.get("/a/Ada?name=Eve").body()).contains("Hello, Eve");
    assertThat(server.get("/b/Ada?name=Eve").body()).contains("Hello, Ada");
    assertThat(server.get("/b/Ada?age=3").body()).contains("Hello, Ada, 3");
  }

  @Test
  void parametersGoOverTheBodyUnlessTheChannelSaysOtherwise() throws Exception {
    server.open("test.greet", "/a");
    server.open("test.greet", "/b", "paramsPri", Params.MSG_OVER_CHANNEL_PARAMS);

    assertThat(server.post("/a?name=Eve", "{\"name\":\"Ada\"}").body()).contains("Hello, Eve");
    assertThat(server.post("/b?name=Eve&age=3", "{\"name\":\"Ada\"}").body())
        .contains("Hello, Ada, 3");
  }

  @Test
  void parametersMayStayOutOfTheInput() throws Exception {
    server.open("test.greet", "/a/{name}", "mergeUrlParamsReq", false);
    server.open("test.headers", "/b/{name}", "mergeUrlParamsReq", false);

    assertThat(server.get("/a/Ada?age=3").body()).contains("/name: missing");
    assertThat(server.get("/b/Ada?age=3").body())
        .contains("\"parameters\":{\"name\":\"Ada\"}", "\"query\":{\"age\":[\"3\"]}");
  }

  @Test
  void aParameterMaySpanSlashes() throws Exception {
    server.open("test.greet", "/files/{name}", "matchSlash", true);

    assertThat(server.get("/files/a/b%20c/d").body()).contains("Hello, a/b c/d");
    assertThat(server.get("/files/").statusCode()).isEqualTo(404);
  }

  @Test
  void channelsMayDifferInWhatCallersAccept() throws Exception {
    server.open(RestServer.channel("json", "test.greet", "/p", "httpAccept", "application/json"));
    server.open(
        RestServer.channel(
            "xml",
            "test.greet",
            "/p",
            "httpAccept",
            "Application/XML",
            "dataFormat",
            DataFormat.XML));

    assertThat(accept("/p?name=Ada", "application/xml").body())
        .endsWith("<greeting><greeting>Hello, Ada</greeting></greeting>");
    assertThat(accept("/p?name=Ada", "application/json").body()).startsWith("{");
    assertThat(server.get("/p?name=Ada").body()).startsWith("{");
    assertThat(accept("/p?name=Ada", "text/html").statusCode()).isEqualTo(406);
    assertThatThrownBy(
            () ->
                server.open(
                    RestServer.channel("x", "test.greet", "/p", "httpAccept", "application/xml")))
        .hasMessageContaining("channel_rest xml");
  }

  private static HttpResponse<String> accept(String path, String type) throws Exception {
    return server.send(server.request(path).header("Accept", type));
  }

  @Test
  void textMayBeInAnotherEncoding() throws Exception {
    server.open("test.greet", "/latin", "dataEncoding", "ISO-8859-1");
    byte[] latin = "{\"name\":\"M\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(encoded("/latin", latin, "application/json")).endsWith("Hello, M\u00e9\"}");
    assertThat(encoded("/latin", latin, "application/json; charset=iso-8859-1"))
        .startsWith("application/json; charset=iso-8859-1 ")
        .endsWith("Hello, M\u00e9\"}");
    byte[] utf8 = "{\"name\":\"\u20ac\u00e9\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(encoded("/latin", utf8, "application/json; charset=utf-8"))
        .endsWith("Hello, \\u20ac\u00e9\"}");
    assertThat(encoded("/latin", utf8, "application/json; charset=utf-16"))
        .contains("415", "in UTF-8 or iso-8859-1");
  }

  @Test
  void aBodyThatIsNotInTheEncodingIs400() throws Exception {
    server.open("test.greet", "/ascii", "dataEncoding", "us-ascii");

    assertThat(encoded("/ascii", new byte[] {'{', (byte) 0xe9}, "application/json"))
        .contains("400", "the document is not in us-ascii");
  }

  @Test
  void whatIsNoTextHasNoEncoding() throws Exception {
    server.open("test.count", "/c", "dataEncoding", "iso-8859-1");

    assertThat(encoded("/c?header=Content-Type:image/png", new byte[0], "application/json"))
        .startsWith("image/png call");
  }

  @Test
  void xmlSaysHowItIsEncoded() throws Exception {
    server.open("test.greet", "/x", "dataEncoding", "iso-8859-1", "dataFormat", DataFormat.XML);
    byte[] latin =
        "<?xml version='1.0' encoding='ISO-8859-1'?><p><name>M\u00e9</name></p>"
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(encoded("/x", latin, "application/xml"))
        .startsWith(
            "application/xml; charset=iso-8859-1 <?xml version='1.0' encoding='iso-8859-1'?>")
        .contains("Hello, M\u00e9<");
    byte[] euro = "<p><name>\u20ac</name></p>".getBytes(StandardCharsets.UTF_8);
    assertThat(encoded("/x", euro, "text/xml")).contains("Hello, &#8364;<");
  }

  /** The content type and body of an answer, read as ISO 8859-1; the status if it is an error. */
  private static String encoded(String path, byte[] body, String type) throws Exception {
    HttpResponse<byte[]> answer =
        server
            .client()
            .send(
                server
                    .request(path)
                    .POST(BodyPublishers.ofByteArray(body))
                    .header("Content-Type", type)
                    .build(),
                BodyHandlers.ofByteArray());
    String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
    return answer.statusCode() == 200
        ? answer.headers().firstValue("Content-Type").orElse("") + " " + text
        : answer.statusCode() + " " + text;
  }

  @Test
  void callersOfADeprecatedChannelAreTold() throws Exception {
    server.open(
        "test.greet",
        "/old",
        "isDeprecated",
        true,
        "deprecationDate",
        Optional.of("2026-01-01"),
        "deprecationSunset",
        Optional.of("2026-12-31T23:59:59+01:00"),
        "deprecationSuccessor",
        Optional.of("/new"));
    server.open("test.greet", "/older", "isDeprecated", true);

    for (String path : List.of("/old?name=Ada", "/old")) {
      var headers = server.get(path).headers();
      assertThat(headers.firstValue("Deprecation")).contains("@1767225600");
      assertThat(headers.firstValue("Sunset")).contains("Thu, 31 Dec 2026 22:59:59 GMT");
      assertThat(headers.firstValue("Link")).contains("</new>; rel=\"successor-version\"");
    }
    assertThat(server.get("/older?name=Ada").headers().firstValue("Deprecation")).contains("@0");
    assertThat(server.get("/older?name=Ada").headers().map()).doesNotContainKeys("sunset", "link");
  }

  @Test
  void aGatewayLeadsToTheServiceThatIsNamed() throws Exception {
    var channel =
        server.open(
            RestServer.channel(
                "gate",
                "test.greet",
                "/api/{service}",
                "gatewayServiceList",
                List.of("test.greet-again", "test.map")));

    assertThat(server.get("/api/test.greet?name=Ada").body()).contains("Hello, Ada");
    assertThat(server.get("/api/test.greet-again?name=Ada").body()).contains("Again, Ada");
    assertThat(server.get("/api/test.map?x=1").body())
        .contains("\"input\":{\"x\":\"1\"}", "\"channel\":\"gate\"");
    HttpResponse<String> other = server.get("/api/test.text");
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(other.body()).contains("no such service is behind this channel");

    channel.replace(
        RestServer.channel(
            "gate", "test.greet", "/api", "gatewayServiceList", List.of("test.text")));
    assertThat(server.get("/api?name=Ada").body()).contains("Hello, Ada");
    assertThat(server.post("/api?service=test.text", "x").body()).isEqualTo("x");
    assertThat(server.get("/api?service=test.map").statusCode()).isEqualTo(404);
  }

  @Test
  void aGatewayTellsStrangersNothing() throws Exception {
    server.secure("key", "APIKEY", "ada", "k-123");
    server.open(
        "test.greet",
        "/api/{service}",
        "security",
        Optional.of("key"),
        "gatewayServiceList",
        List.of("test.map"));

    assertThat(server.get("/api/test.map").statusCode()).isEqualTo(401);
    assertThat(server.get("/api/test.text").statusCode()).isEqualTo(401);
  }

  @Test
  void xmlChannelsAnswerErrorsInXml() throws Exception {
    server.open("test.greet", "/x", "dataFormat", DataFormat.XML, "maxRequestSize", "100");
    server.secure("key", "APIKEY", "ada", "k-123");
    server.open("test.greet", "/s", "dataFormat", DataFormat.XML, "security", Optional.of("key"));

    HttpResponse<String> answer =
        server.post("/x", "<p><age>x</age></p>", "Content-Type", "application/xml");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/xml");
    assertThat(answer.body()).contains("<result>Error</result>", "<details>/age: expected");
    assertThat(server.post("/x", " ".repeat(200), "Content-Type", "text/xml").body())
        .startsWith("<?xml");
    assertThat(server.post("/x", "{}", "Content-Type", "application/json").body())
        .contains("<details>Content-Type application/json is not taken here: application/xml");
    assertThat(server.get("/s").statusCode()).isEqualTo(401);
    assertThat(server.get("/s").body()).startsWith("<?xml");
    assertThat(
            server
                .post("/x", "<p><name>A</name></p>", "Content-Type", "application/soap+xml")
                .body())
        .endsWith("<greeting><greeting>Hello, A</greeting></greeting>");
  }

  @Test
  void csvGoesInAndOut() throws Exception {
    server.open("test.people", "/csv", "dataFormat", DataFormat.CSV);

    HttpResponse<String> answer =
        server.post("/csv", "name,age\nAda,1\nBob,\n", "Content-Type", "text/csv");

    assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv");
    assertThat(answer.body()).isEqualTo("greeting\r\n\"Hello, Ada, 1\"\r\n\"Hello, Bob\"\r\n");
    HttpResponse<String> wrong =
        server.post("/csv", "name,age\nAda,x\n", "Content-Type", "text/csv");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("/0/age: expected a whole number, got text");
  }

  @ParameterizedTest
  @CsvSource({
    "gatewayServiceList,a..b",
    "httpAccept,json",
    "httpAccept,application/json;q=1",
    "matchSlash,true",
    "dataEncoding,no-such",
    "dataEncoding,'a b'",
    "dataEncoding,x-JISAutoDetect",
    "deprecationDate,soon",
    "deprecationSunset,2026-13-01",
    "deprecationSuccessor,new",
    "deprecationSuccessor,mailto:x",
    "deprecationSuccessor,'/a b'",
  })
  void refusesWhatMakesNoSense(String field, String value) {
    Object typed =
        switch (field) {
          case "gatewayServiceList" -> List.of(value);
          case "matchSlash" -> true;
          case "httpAccept", "dataEncoding" -> value;
          default -> Optional.of(value);
        };
    RestChannel channel = RestServer.channel("one", "test.greet", "/a", field, typed);
    String spelled = field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);

    assertThatThrownBy(() -> server.kind.validate(channel))
        .isInstanceOfSatisfying(
            InvalidObjectException.class, e -> assertThat(e.field()).isEqualTo(spelled));
  }

  @Test
  void rawBytesHaveNoEncoding() {
    RestChannel channel =
        RestServer.channel(
            "one", "a", "/a", "dataEncoding", "iso-8859-1", "dataFormat", DataFormat.RAW);

    assertThatThrownBy(() -> server.kind.validate(channel))
        .isInstanceOf(InvalidObjectException.class);
  }

  private static Cors cors(boolean credentials, String... origins) {
    return new Cors(
        List.of(origins),
        List.of(),
        List.of("Content-Type", "X-API-Key"),
        List.of("X-Serai-CID"),
        credentials,
        Duration.ofMinutes(5));
  }

  private static HttpResponse<String> from(String origin, String path, String... more)
      throws Exception {
    var request = server.request(path).header("Origin", origin);
    return server.send(more.length == 0 ? request : request.headers(more));
  }

  private static HttpResponse<String> preflight(String origin, String path, String method)
      throws Exception {
    return server.send(
        server
            .request(path)
            .method("OPTIONS", BodyPublishers.noBody())
            .headers("Origin", origin, "Access-Control-Request-Method", method));
  }

  @Test
  void aPreflightIsAnsweredBeforeAnybodyLogsIn() throws Exception {
    server.secure("key", "APIKEY", "ada", "k-123");
    server.open(
        "test.greet",
        "/c",
        "method",
        List.of("PUT", "GET"),
        "security",
        Optional.of("key"),
        "cors",
        Optional.of(cors(true, "https://a.example", "https://*.b.example")));

    HttpResponse<String> yes = preflight("https://a.example", "/c", "PUT");
    assertThat(yes.statusCode()).isEqualTo(204);
    assertThat(yes.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://a.example");
    assertThat(yes.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
    assertThat(yes.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, PUT");
    assertThat(yes.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("Content-Type, X-API-Key");
    assertThat(yes.headers().firstValue("Access-Control-Max-Age")).contains("300");
    assertThat(String.join(",", yes.headers().allValues("Vary"))).contains("Origin");
    for (String wrong :
        List.of(
            "https://c.example",
            "http://a.example",
            "https://b.example",
            "null",
            "https://x/.b.example")) {
      assertThat(preflight(wrong, "/c", "PUT").headers().map().keySet())
          .as(wrong)
          .noneMatch(name -> name.startsWith("access-control"));
    }
    assertThat(preflight("https://x.b.example", "/c", "GET").headers().map())
        .containsKey("access-control-allow-origin");
    assertThat(preflight("https://a.example", "/c", "DELETE").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void scriptsMayReadErrorsAsWell() throws Exception {
    server.secure("key", "APIKEY", "ada", "k-123");
    server.open(
        "test.fail",
        "/c",
        "security",
        Optional.of("key"),
        "cors",
        Optional.of(cors(false, "https://a.example")));

    HttpResponse<String> stranger = from("https://a.example", "/c");
    HttpResponse<String> failed =
        from("https://a.example", "/c?name=A&age=404", "X-API-Key", "k-123");
    HttpResponse<String> misfit = from("https://a.example", "/c", "X-API-Key", "k-123");
    HttpResponse<String> other =
        from("https://b.example", "/c?name=A&age=404", "X-API-Key", "k-123");

    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(failed.statusCode()).isEqualTo(404);
    assertThat(misfit.statusCode()).isEqualTo(400);
    for (HttpResponse<String> answer : List.of(stranger, failed, misfit)) {
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
          .contains("https://a.example");
      assertThat(answer.headers().firstValue("Access-Control-Expose-Headers"))
          .contains("X-Serai-CID");
      assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
    }
    assertThat(other.headers().map()).doesNotContainKey("access-control-allow-origin");
    assertThat(server.get("/c").headers().allValues("Vary").toString()).contains("Origin");
  }

  @Test
  void anybodyMayBeAllowedButNotWithCredentials() throws Exception {
    server.open("test.greet", "/c", "cors", Optional.of(cors(false, "*")));

    assertThat(
            from("https://x.example", "/c?name=A")
                .headers()
                .firstValue("Access-Control-Allow-Origin"))
        .contains("*");
    assertThatThrownBy(() -> server.open("test.greet", "/d", "cors", Optional.of(cors(true, "*"))))
        .isInstanceOf(InvalidObjectException.class)
        .hasMessageContaining("allow_credentials");
    for (String wrong : List.of("example.com", "https://", "https://a/b", "https://a.*.b", "*.a")) {
      assertThatThrownBy(
              () -> server.open("test.greet", "/d", "cors", Optional.of(cors(false, wrong))))
          .isInstanceOf(InvalidObjectException.class);
    }
    assertThatThrownBy(() -> server.open("test.greet", "/d", "cors", Optional.of(cors(false))))
        .isInstanceOf(InvalidObjectException.class);
  }

  @Test
  void aChannelThatTakesOptionsItselfStillAnswersPreflights() throws Exception {
    server.open(
        "test.greet",
        "/c",
        "method",
        List.of("OPTIONS", "GET"),
        "cors",
        Optional.of(cors(false, "https://a.example")));

    assertThat(preflight("https://a.example", "/c", "GET").statusCode()).isEqualTo(204);
    assertThat(
            server
                .send(server.request("/c?name=A").method("OPTIONS", BodyPublishers.noBody()))
                .body())
        .contains("Hello, A");
  }
}
