package org.caravanserai.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.spi.InvalidObjectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSchemaTest {

  private static final String SCHEMA =
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
       "required": ["name"], "additionalProperties": false, "$defs": {"age": {"type": "integer"}},
       "properties": {"name": {"type": "string", "minLength": 2}, "age": {"$ref": "#/$defs/age"},
                      "list": {"items": {"required": ["a"]}}}}
      """;

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

  private static String refused(String body, String... headers) throws Exception {
    HttpResponse<String> answer = server.post("/s", body, headers);
    assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(400);
    return answer.statusCode() + " " + answer.body().replaceAll(".*\"details\":\"(.*)\"}$", "$1");
  }

  @Test
  void eachWrongPlaceIsNamed() throws Exception {
    server.open("test.map", "/s", "requestSchema", Optional.of(SCHEMA));

    assertThat(server.post("/s", "{\"name\":\"Ada\",\"age\":1}").statusCode()).isEqualTo(200);
    assertThat(refused("{\"age\":\"x\",\"list\":[{\"a\":1},{}]}"))
        .startsWith("400 ")
        .contains("/name: missing", "/age: ", "/list/1/a: missing");
    assertThat(refused("{\"name\":\"A\",\"more\":1}")).contains("/name: ", "more");
    assertThat(refused("[]")).startsWith("400 /: ");
    assertThat(refused("{\"name\":")).startsWith("400 line 1, column ");
    assertThat(refused("{\"name\":\"Ada\"} x")).startsWith("400 line 1, column ");
    assertThat(refused("  ")).isEqualTo("400 /: missing");
    assertThat(refused("")).isEqualTo("400 /: missing");
  }

  @Test
  void aFormDoesNotGetAroundIt() throws Exception {
    server.open("test.map", "/s", "requestSchema", Optional.of(SCHEMA));
    String form = "application/x-www-form-urlencoded";

    assertThat(refused("more=1", "Content-Type", form)).startsWith("415 ");
    assertThat(refused("{\"more\":1}", "Content-Type", form)).startsWith("400 ");
    assertThat(server.get("/s?more=1").statusCode()).isEqualTo(200);
  }

  @Test
  void whatAServiceReadsAsAStreamIsLookedAtAsWell() throws Exception {
    server.open("test.stream", "/s", "requestSchema", Optional.of(SCHEMA));

    assertThat(refused("{}")).isEqualTo("400 /name: missing");
    assertThat(server.post("/s", "{\"name\":\"Ada\"}").body()).isEqualTo("{\"name\":\"Ada\"}");
  }

  @Test
  void theSchemaMayBeAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("schema.json"), SCHEMA);
    server.open("test.map", "/s", "requestSchema", Optional.of(file.toString()));

    assertThat(refused("{}")).isEqualTo("400 /name: missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "schema.json",
        "/no/such/file",
        "{\"$ref\": \"http://127.0.0.1:1/schema.json\"}",
        "{\"$ref\": \"#/$defs/none\"}",
        "{\"$schema\": \"https://example.com/none\"}",
        "{\"properties\": {\"a\": {\"pattern\": \"[\"}}}",
      })
  void refusesWhatIsNoSchema(String schema) {
    RestChannel channel =
        RestServer.channel("s", "test.map", "/s", "requestSchema", Optional.of(schema));

    assertThatThrownBy(() -> server.kind.validate(channel))
        .isInstanceOfSatisfying(
            InvalidObjectException.class, e -> assertThat(e.field()).isEqualTo("request_schema"));
  }

  @Test
  void onlyJsonHasASchema() {
    RestChannel channel =
        RestServer.channel(
            "s", "a", "/s", "requestSchema", Optional.of("{}"), "dataFormat", DataFormat.XML);

    assertThatThrownBy(() -> server.kind.validate(channel))
        .isInstanceOf(InvalidObjectException.class);
  }
}
