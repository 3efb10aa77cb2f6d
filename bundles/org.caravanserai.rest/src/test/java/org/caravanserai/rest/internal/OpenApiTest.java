package org.caravanserai.rest.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.spi.InvalidObjectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

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
                + "\"format\":\"int32\",\"description\":\"in years\"}},\"required\":[],"
                + "\"description\":\"A person.\"}");
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

  /** What is said of the services is in {@code META-INF/serai/doc-comments.json}. */
  @Test
  void whatJavadocSaysIsTold() throws Exception {
    server.open(
        RestServer.channel("greet", "test.greet", "/greet/{name}", "method", List.of("GET")));
    server.open(RestServer.channel("post", "test.greet", "/greet", "method", List.of("POST")));
    server.open(RestServer.channel("nothing", "test.nothing", "/nothing"));

    OpenAPI api = parsed();

    Operation get = api.getPaths().get("/greet/{name}").getGet();
    assertThat(get.getSummary()).isEqualTo("Greets one person.");
    assertThat(get.getDescription()).isEqualTo("Greets one person. With `age`.");
    assertThat(get.getParameters())
        .extracting(Parameter::getName, Parameter::getDescription)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("name", "who it is"),
            org.assertj.core.groups.Tuple.tuple("age", "in years"));
    JsonNode document = document();
    JsonNode person = document.at("/components/schemas/test.greet.Person");
    assertThat(person.path("description").asText()).isEqualTo("A person.");
    assertThat(person.at("/properties/name/description").asText()).isEqualTo("who it is");
    assertThat(document.at("/components/schemas/test.greet.Greeting/description").asText())
        .isEqualTo("A greeting.");
    JsonNode silent = document.at("/paths/~1nothing/post");
    assertThat(silent.path("summary").asText()).isEqualTo("test.nothing");
    assertThat(silent.has("description")).isFalse();
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

  private static OpenApiChannel publication(Object... changes) {
    Map<String, Object> fields = new HashMap<>(Map.of("name", "partners", "urlPath", "/docs/p"));
    for (int i = 0; i < changes.length; i += 2) {
      fields.put((String) changes[i], changes[i + 1]);
    }
    return RestServer.make(OpenApiChannel.class, fields);
  }

  private static JsonNode read(String path) throws Exception {
    return new ObjectMapper().readTree(server.get(path).body());
  }

  private static void openChannels() throws Exception {
    server.open(RestServer.channel("one", "test.greet", "/one"));
    server.open(RestServer.channel("two", "test.greet", "/two", "shouldIncludeInOpenapi", false));
    server.open(RestServer.channel("three", "test.greet", "/three"));
  }

  @Test
  void chosenChannelsArePublished() throws Exception {
    openChannels();
    var live = server.open(publication("isPublic", true, "restChannelList", List.of("one", "two")));

    assertThat(read("/docs/p").at("/info/title").asText()).isEqualTo("partners");
    assertThat(read("/docs/p").at("/paths").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("/one", "/two");
    // That is one generator: what a parser of the standard reads of all, it reads of some.
    assertThat(
            new OpenAPIV3Parser()
                .readContents(server.get("/docs/p").body(), null, null)
                .getMessages())
        .isNullOrEmpty();
    assertThat(server.post("/docs/p", "").statusCode()).isEqualTo(405);

    live.replace(publication("isPublic", true, "urlPath", "/docs/q"));
    assertThat(server.get("/docs/p").statusCode()).isEqualTo(404);
    assertThat(read("/docs/q").at("/paths").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("/one", "/three");
    live.close();
    assertThat(server.get("/docs/q").statusCode()).isEqualTo(404);
  }

  @Test
  void aPublicationMayBeForSomeOnly() throws Exception {
    openChannels();
    server.secure("basic", "BASIC_AUTH", "ada", "secret");
    server.open(publication("security", Optional.of("basic")));

    HttpResponse<String> stranger = server.get("/docs/p");
    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(stranger.body()).doesNotContain("/one");
    String known = Base64.getEncoder().encodeToString("ada:secret".getBytes(UTF_8));
    HttpResponse<String> read =
        server.send(server.request("/docs/p").header("Authorization", "Basic " + known));
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body()).contains("/one");
  }

  @Test
  void whoWantsYamlGetsIt() throws Exception {
    openChannels();
    server.open(publication("isPublic", true));
    server.open(publication("name", "y", "isPublic", true, "urlPath", "/docs/p.yaml"));
    server.open(publication("name", "j", "isPublic", true, "urlPath", "/docs/p.json"));

    HttpResponse<String> yaml = accepting("/docs/p", "application/yaml");
    assertThat(yaml.headers().firstValue("Content-Type")).contains("application/yaml");
    assertThat(yaml.headers().allValues("Vary").toString()).contains("Accept");
    assertThat(yaml.body()).startsWith("openapi:").contains("/three:");
    Object plain = new Load(LoadSettings.builder().build()).loadFromString(yaml.body());
    assertThat(new ObjectMapper().valueToTree(plain).toString())
        .isEqualTo(server.get("/docs/p").body());
    assertThat(accepting("/docs/p", "text/yaml, application/json").body()).startsWith("{");
    assertThat(accepting("/docs/p.json", "application/yaml").body()).startsWith("{");
    assertThat(accepting("/docs/p.yaml", "application/json").body()).startsWith("openapi:");
  }

  private static HttpResponse<String> accepting(String path, String type) throws Exception {
    return server.send(server.request(path).header("Accept", type));
  }

  @Test
  void whoMayReadAPublicationMustBeSaid() {
    assertRefused("is_public", publication());
    assertRefused("is_public", publication("isPublic", true, "security", Optional.of("basic")));
    assertRefused("is_public", publication("isPublic", true, "groups", List.of("partners")));
    assertRefused("url_path", publication("isPublic", true, "urlPath", "/docs/{x}"));
    assertRefused("url_path", publication("isPublic", true, "urlPath", "/openapi.json"));
    assertRefused("url_path", publication("isPublic", true, "urlPath", "docs"));
  }

  private static void assertRefused(String field, OpenApiChannel channel) {
    assertThatThrownBy(() -> server.openApiKind.validate(channel))
        .isInstanceOfSatisfying(
            InvalidObjectException.class, refused -> assertThat(refused.field()).isEqualTo(field));
  }

  @Test
  void aPublicationAtATakenPathIsRefusedAndLeavesNothing() throws Exception {
    server.open(RestServer.channel("one", "test.greet", "/docs/p"));

    assertThatThrownBy(() -> server.open(publication("isPublic", true)))
        .isInstanceOf(RouteConflictException.class)
        .hasMessageContaining("channel_rest one");
  }
}
