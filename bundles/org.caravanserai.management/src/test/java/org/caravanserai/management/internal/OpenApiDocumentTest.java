package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.security.Operation;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {

  private enum Mood {
    GLAD,
    SAD
  }

  private record Guest(
      String name,
      int beds,
      boolean isIn,
      Mood mood,
      Instant since,
      Optional<String> city,
      List<Guest> friends,
      Map<String, Long> bills) {}

  private record House(@JsonUnwrapped Guest owner, int rooms) {}

  private static JsonNode document(ApiOperation... operations) {
    KindInfo kind = new KindInfo("sql", "name", true, Map.of("type", "object"));
    try {
      byte[] json = Json.write(new OpenApiDocument(List.of(operations), List.of(kind)).content());
      return Json.read(json);
    } catch (IOException | Problem e) {
      throw new AssertionError(e);
    }
  }

  private static ApiOperation put() {
    return ApiOperation.of(
            "PUT", "/api/v1/guests/{name+}", Operation.OBJECTS_WRITE, "makes one", exchange -> {})
        .with(List.of(QueryParameter.flag("dryRun", "only tell")))
        .takes("application/json", Guest.class)
        .answers(201, Guest.class)
        .answers(204, "", Map.of())
        .refuses(409);
  }

  @Test
  void anOperationIsWhatItDeclares() {
    JsonNode put = document(put()).path("paths").path("/api/v1/guests/{name}").path("put");
    assertThat(put.path("x-serai-role").asText()).isEqualTo("operator");
    assertThat(put.path("x-serai-operation").asText()).isEqualTo("objects.write");
    assertThat(put.path("summary").asText()).isEqualTo("makes one");
    assertThat(put.path("operationId").asText()).isEqualTo("put_v1_guests_name_");
    assertThat(put.path("parameters").findValuesAsText("name")).containsExactly("name", "dryRun");
    assertThat(put.path("parameters").findValuesAsText("in")).containsExactly("path", "query");
    assertThat(put.path("responses").properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("201", "204", "400", "401", "403", "409", "423", "500");
    assertThat(put.at("/responses/204").has("content")).isFalse();
    assertThat(put.at("/responses/409/content").has("application/problem+json")).isTrue();
    assertThat(put.at("/requestBody/content/application~1json/schema/$ref").asText())
        .isEqualTo("#/components/schemas/OpenApiDocumentTestGuest");
  }

  @Test
  void aRecordIsASchema() {
    JsonNode guest = document(put()).at("/components/schemas").path("OpenApiDocumentTestGuest");
    JsonNode properties = guest.path("properties");
    assertThat(properties.at("/name/type").asText()).isEqualTo("string");
    assertThat(properties.at("/beds/type").asText()).isEqualTo("integer");
    assertThat(properties.at("/isIn/type").asText()).isEqualTo("boolean");
    assertThat(properties.at("/mood/enum"))
        .extracting(JsonNode::asText)
        .containsExactly("glad", "sad");
    assertThat(properties.at("/since/format").asText()).isEqualTo("date-time");
    assertThat(properties.at("/city/type").asText()).isEqualTo("string");
    assertThat(properties.at("/friends/items/$ref").asText()).endsWith("Guest");
    assertThat(properties.at("/bills/additionalProperties/type").asText()).isEqualTo("integer");
    assertThat(guest.path("required"))
        .extracting(JsonNode::asText)
        .doesNotContain("city")
        .contains("name");
  }

  @Test
  void whatIsUnwrappedIsToldAmongTheOthers() {
    ApiOperation get =
        ApiOperation.of("GET", "/api/v1/house", Operation.OBJECTS_READ, "it", exchange -> {})
            .answers(200, House.class);

    JsonNode house = document(get).at("/components/schemas").path("OpenApiDocumentTestHouse");

    assertThat(house.path("properties").has("owner")).isFalse();
    assertThat(house.at("/properties/rooms/type").asText()).isEqualTo("integer");
    assertThat(house.at("/properties/beds/type").asText()).isEqualTo("integer");
    assertThat(house.path("required"))
        .extracting(JsonNode::asText)
        .contains("rooms", "beds")
        .doesNotContain("city");
  }

  @Test
  void kindsAreSchemasAndAnyOfThemMayBeMeant() {
    JsonNode schemas = document().at("/components/schemas");
    assertThat(schemas.path("kind.sql").path("type").asText()).isEqualTo("object");
    assertThat(schemas.at("/AnyKind/anyOf/0/$ref").asText())
        .isEqualTo("#/components/schemas/kind.sql");
  }

  @Test
  void operationsOfOnePathStandTogether() {
    ApiOperation get =
        ApiOperation.of("GET", "/api/v1/guests/{name+}", Operation.OBJECTS_READ, "x", e -> {});
    assertThat(document(put(), get).path("paths").path("/api/v1/guests/{name}").properties())
        .hasSize(2);
  }

  @Test
  void jsonThatIsNoneIsToldWithItsPlace() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                Problem.class, () -> Json.read("{\"a\":\n x}".getBytes(StandardCharsets.UTF_8))))
        .hasMessageContaining("line 2");
  }
}
