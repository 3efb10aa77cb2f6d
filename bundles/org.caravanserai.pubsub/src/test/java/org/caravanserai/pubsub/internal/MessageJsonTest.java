package org.caravanserai.pubsub.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;

/** Messages as JSON, there and back. */
class MessageJsonTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Publications.Origin ORIGIN =
      new Publications.Origin("orders", Optional.of("ann"), "cid");

  private static JsonNode json(Message message) throws Exception {
    return JSON.readTree(MessageJson.of(message, new MessageJson.Attempt(2, true)));
  }

  private static Message message(byte[] data, Format format) {
    return Message.of("id", "orders", data, format).build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Message read(String json) {
    return Publications.read(bytes(json), ORIGIN).messages().get(0);
  }

  @Property
  void aTextComesBackAsItWas(@ForAll String text) throws Exception {
    String valid = new String(bytes(text), StandardCharsets.UTF_8);
    Message published = read(JSON.writeValueAsString(Map.of("data", valid)));

    assertThat(published.format()).isEqualTo(Format.TEXT);
    assertThat(json(published).path("data").textValue()).isEqualTo(valid);
  }

  @Property
  void bytesComeBackAsTheyWere(@ForAll byte[] data) throws Exception {
    Message published = read(JSON.writeValueAsString(Map.of("data_base64", data)));

    assertThat(published.data()).isEqualTo(data);
    JsonNode json = json(published);
    assertThat(
            json.has("data")
                ? bytes(json.path("data").textValue())
                : json.path("data_base64").binaryValue())
        .isEqualTo(data);
  }

  @Property
  void anythingIsAMessageOrIsRefused(@ForAll byte[] body) {
    try {
      assertThat(Publications.read(body, ORIGIN).messages()).isNotEmpty();
    } catch (org.caravanserai.api.ServiceException refused) {
      assertThat(refused.status()).isEqualTo(400);
    }
  }

  @Example
  void jsonStaysAsItWasWritten() throws Exception {
    for (String data :
        new String[] {
          "{\"a\" : 1.10, \"b\":[ 1e400, \"ä\"]}", "[]", "12345678901234567890", "-0.0", "true"
        }) {
      Message published = read("{\"x\":{\"data\":1},\"data\": " + data + " ,\"y\":[]}");

      assertThat(new String(published.data(), StandardCharsets.UTF_8)).isEqualTo(data);
      assertThat(published.format()).isEqualTo(Format.JSON);
      assertThat(
              new String(
                  MessageJson.of(published, new MessageJson.Attempt(1, false)),
                  StandardCharsets.UTF_8))
          .startsWith("{\"data\":" + data + ",");
    }
  }

  @Example
  void whatOnlyClaimsToBeJsonIsText() throws Exception {
    assertThat(json(message(bytes("{\"a\":"), Format.JSON)).path("data").textValue())
        .isEqualTo("{\"a\":");
    assertThat(json(message(bytes("1 2"), Format.JSON)).path("data").textValue()).isEqualTo("1 2");
    assertThat(json(message(bytes(""), Format.JSON)).path("data").textValue()).isEmpty();
    assertThat(json(message(new byte[] {'"', -1, '"'}, Format.JSON)).has("data_base64")).isTrue();
    assertThat(json(message(bytes("text"), Format.BYTES)).path("data").textValue())
        .isEqualTo("text");
    assertThat(json(message(bytes("\"j\""), Format.JSON)).path("data").textValue()).isEqualTo("j");
  }

  @Example
  void whatIsUnknownIsNull() throws Exception {
    JsonNode json = json(message(bytes("x"), Format.TEXT));

    for (String name :
        new String[] {
          "expiration",
          "correl_id",
          "in_reply_to",
          "ext_client_id",
          "publisher",
          "cid",
          "content_type",
          "pub_time_iso",
          "recv_time_iso",
          "expiration_time_iso",
          "time_since_pub",
          "time_since_recv"
        }) {
      assertThat(json.has(name)).describedAs(name).isTrue();
      assertThat(json.path(name).isNull()).describedAs(name).isTrue();
    }
    assertThat(json.path("delivery_count").intValue()).isEqualTo(2);
    assertThat(json.path("redelivered").booleanValue()).isTrue();
    assertThat(json.path("maybe_redelivered").booleanValue()).isTrue();
    assertThat(json.path("properties").isEmpty()).isTrue();
  }

  @Example
  void timesAreIsoAndSeconds() throws Exception {
    JsonNode json =
        json(
            message(bytes("x"), Format.TEXT)
                .with()
                .publishedAt(1_000_000_000_000L)
                .receivedAt(1_000_000_000_500L)
                .expiresAt(1_000_000_060_000L)
                .properties(Map.of("d", 1.5, "n", Double.NaN, "i", 7))
                .build());

    assertThat(json.path("pub_time_iso").textValue()).isEqualTo("2001-09-09T01:46:40Z");
    assertThat(json.path("recv_time_iso").textValue()).isEqualTo("2001-09-09T01:46:40.500Z");
    assertThat(json.path("expiration").intValue()).isEqualTo(60);
    assertThat(json.path("time_since_pub").doubleValue()).isGreaterThan(1e8);
    assertThat(json.path("properties").toString())
        .contains("\"d\":1.5", "\"n\":\"NaN\"", "\"i\":7");
  }

  @Example
  void aTimeOfPublishingMayBeTold() {
    assertThat(read("{\"data\":1,\"pub_time\":\"2001-09-09T01:46:40Z\"}").publishedAt())
        .isEqualTo(1_000_000_000_000L);
    assertThat(read("{\"data\":1,\"pub_time\":\"2001-09-09T03:46:40+02:00\"}").publishedAt())
        .isEqualTo(1_000_000_000_000L);
    assertThat(read("{\"data\":1,\"pub_time\":\"2001-09-09T01:46:40\"}").publishedAt())
        .isEqualTo(1_000_000_000_000L);
  }
}
