package org.caravanserai.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.runtime.DataFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenApiTest {

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

  private static JsonNode document() throws Exception {
    return new ObjectMapper().readTree(server.get("/openapi.json").body());
  }

  /** The document as a parser that knows the standard reads it; it has nothing to complain of. */
  private static OpenAPI parsed() throws Exception {
    SwaggerParseResult result =
        new OpenAPIV3Parser().readContents(server.get("/openapi.json").body(), null, null);
    assertThat(result.getMessages()).isNullOrEmpty();
    return result.getOpenAPI();
  }

  @Test
  void aServerWithoutChannelsHasADocument() throws Exception {
    assertThat(parsed().getOpenapi()).isEqualTo("3.1.0");
    assertThat(
            server.send(server.request("/openapi.json").POST(BodyPublishers.noBody())).statusCode())
        .isEqualTo(405);
  }

  @Test
  void itIsThereOnlyIfTheSettingsSaySo() throws Exception {
    server.openApi.modified(RestServer.restSettings(false));
    assertThat(server.get("/openapi.json").statusCode()).isEqualTo(404);
    server.openApi.modified(RestServer.restSettings(true));
    assertThat(server.get("/openapi.json").statusCode()).isEqualTo(200);
  }

  @Test
  void channelsAreTold() throws Exception {
    server.secure("a key", "APIKEY", "ada", "k-123");
    server.secure("basic", "BASIC_AUTH", "ada", "secret");
    server.open(
        RestServer.channel(
            "greet",
            "test.greet",
            "/greet/{name}",
            "method",
            List.of("GET", "POST"),
            "security",
            Optional.of("a key"),
            "isDeprecated",
            true));
    server.open(
        RestServer.channel(
            "people",
            "test.people",
            "/people",
            "dataFormat",
            DataFormat.XML,
            "security",
            Optional.of("basic")));
    server.open(
        RestServer.channel("nothing", "test.nothing", "/nothing", "method", List.of("PUT")));
    server.open(RestServer.channel("later", "not.deployed", "/later/{id}"));
    server.open(
        RestServer.channel(
            "gate", "test.greet", "/gate/{service}", "gatewayServiceList", List.of("test.map")));

    OpenAPI api = parsed();

    Operation get = api.getPaths().get("/greet/{name}").getGet();
    assertThat(get.getOperationId()).isEqualTo("greet.get");
    assertThat(get.getDeprecated()).isTrue();
    assertThat(get.getParameters())
        .extracting(Parameter::getName, Parameter::getIn, Parameter::getRequired)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("name", "path", true),
            org.assertj.core.groups.Tuple.tuple("age", "query", false));
    assertThat(get.getRequestBody()).isNull();
    assertThat(get.getSecurity())
        .extracting(each -> each.keySet().iterator().next())
        .containsExactly("a_key");
    JsonNode document = document();
    JsonNode post = document.at("/paths/~1greet~1{name}/post");
    assertThat(post.at("/requestBody/content/application~1json/schema").toString())
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"age\":{\"type\":[\"integer\",\"null\"],"
                + "\"format\":\"int32\"}},\"required\":[]}");
    assertThat(post.at("/responses/200/content/application~1json/schema/$ref").asText())
        .isEqualTo("#/components/schemas/test.greet.Greeting");
    assertThat(document.at("/components/schemas/test.greet.Greeting/required/0").asText())
        .isEqualTo("greeting");
    assertThat(document.at("/components/securitySchemes/a_key").toString())
        .isEqualTo("{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-API-Key\"}");
    assertThat(document.at("/components/securitySchemes/basic/scheme").asText()).isEqualTo("basic");
    assertThat(document.at("/paths/~1people/post/requestBody/content/application~1xml").isObject())
        .isTrue();
    assertThat(
            document
                .at("/paths/~1people/post/responses/default/content/application~1xml")
                .isObject())
        .isTrue();
    assertThat(document.at("/paths/~1nothing/put/responses/204/description").asText())
        .isEqualTo("Done");
    assertThat(document.at("/paths/~1later~1{id}").size()).isEqualTo(5);
    assertThat(document.at("/paths/~1gate~1{service}/get/parameters/0/schema/enum").toString())
        .isEqualTo("[\"test.greet\",\"test.map\"]");
    assertThat(document.toString()).doesNotContain("secret", "k-123");
  }

  @Test
  void itFollowsWhatChanges() throws Exception {
    var channel = server.open(RestServer.channel("one", "test.greet", "/one"));
    assertThat(document().at("/paths").has("/one")).isTrue();

    channel.replace(RestServer.channel("one", "test.greet", "/two"));
    assertThat(document().at("/paths").has("/one")).isFalse();
    assertThat(document().at("/paths").has("/two")).isTrue();
    channel.replace(
        RestServer.channel("one", "test.greet", "/two", "shouldIncludeInOpenapi", false));
    assertThat(document().at("/paths").size()).isZero();
    channel.replace(RestServer.channel("one", "test.greet", "/two"));
    assertThat(document().at("/paths").size()).isEqualTo(1);
    channel.close();
    assertThat(document().at("/paths").size()).isZero();
  }

  @Test
  void aChannelsOwnSchemaIsTold() throws Exception {
    server.open(
        RestServer.channel(
            "one",
            "test.map",
            "/one",
            "requestSchema",
            Optional.of("{\"type\":\"object\",\"required\":[\"x\"]}")));

    assertThat(
            document()
                .at("/paths/~1one/post/requestBody/content/application~1json/schema/required/0")
                .asText())
        .isEqualTo("x");
  }
}
