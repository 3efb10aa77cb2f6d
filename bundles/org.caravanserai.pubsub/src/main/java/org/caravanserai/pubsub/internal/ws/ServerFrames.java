package org.caravanserai.pubsub.internal.ws;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Delivery;
import org.caravanserai.pubsub.internal.Json;
import org.caravanserai.pubsub.internal.MessageJson;

/** What clients are told: JSON objects with a {@code type}, in UTF-8. */
final class ServerFrames {

  private static final int SPARE = 1024;

  private ServerFrames() {}

  /** What an answer has besides its type. */
  private interface Members {
    void write(JsonGenerator out) throws IOException;
  }

  private static byte[] frame(String type, int size, Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    try (JsonGenerator out = Json.factory().createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("type", type);
      members.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** An answer has the id of what it answers. */
  private static void id(JsonGenerator out, String id) throws IOException {
    if (!id.isEmpty()) {
      out.writeFieldName("id");
      out.writeRawValue(id);
    }
  }

  /** {@code {"type":"published","id":...,"msg_id":"...","cid":"..."}}, or with {@code msg_ids}. */
  static byte[] published(String id, List<String> messageIds, boolean batch, String cid) {
    return frame(
        "published",
        SPARE,
        out -> {
          id(out, id);
          if (batch) {
            out.writeFieldName("msg_ids");
            texts(out, messageIds);
          } else {
            out.writeStringField("msg_id", messageIds.get(0));
          }
          out.writeStringField("cid", cid);
        });
  }

  private static void texts(JsonGenerator out, List<String> texts) throws IOException {
    out.writeStartArray();
    for (String each : texts) {
      out.writeString(each);
    }
    out.writeEndArray();
  }

  /** {@code {"type":"subscribed","id":...,"topics":["..."]}}, or {@code unsubscribed}. */
  static byte[] topics(String type, String id, List<String> topics) {
    return frame(
        type,
        SPARE,
        out -> {
          id(out, id);
          out.writeFieldName("topics");
          texts(out, topics);
        });
  }

  /** That nothing comes of a topic any more, though the client did not ask for that. */
  static byte[] ended(String topic, String details) {
    return frame(
        "unsubscribed",
        SPARE,
        out -> {
          out.writeFieldName("topics");
          texts(out, List.of(topic));
          out.writeStringField("details", details);
        });
  }

  /** {@code {"type":"acked","id":...,"count":2,"unknown":["..."]}}, or {@code nacked}. */
  static byte[] acknowledged(String type, String id, int count, List<String> unknown) {
    return frame(
        type,
        SPARE,
        out -> {
          id(out, id);
          out.writeNumberField("count", count);
          out.writeFieldName("unknown");
          texts(out, unknown);
        });
  }

  /** {@code {"type":"error","id":...,"status":"403 Forbidden","details":"...","cid":"..."}}. */
  static byte[] error(String id, ServiceException failure, String cid) {
    return frame(
        "error",
        SPARE,
        out -> {
          id(out, id);
          out.writeStringField("status", StatusLine.of(failure.status()));
          out.writeStringField("details", failure.details());
          out.writeStringField("cid", cid);
        });
  }

  /** {@code {"type":"message",...}} with the members of {@link MessageJson}. */
  static byte[] message(Delivery delivery) {
    return frame(
        "message",
        delivery.message().data().length + SPARE,
        out -> MessageJson.writeMembers(out, delivery.message(), MessageJson.Attempt.of(delivery)));
  }
}
