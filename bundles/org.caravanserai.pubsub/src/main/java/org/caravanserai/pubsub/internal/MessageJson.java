package org.caravanserai.pubsub.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.StoredMessage;

/**
 * A message as those who receive it by JSON see it: in {@code data} JSON is a value and other text
 * a string, and what is neither is in {@code data_base64}. Times are ISO 8601 in UTC; {@code
 * expiration} is how many seconds it lived when it was published, {@code time_since_pub} and {@code
 * time_since_recv} are seconds too; what it does not have is null.
 */
public final class MessageJson {

  private MessageJson() {}

  /**
   * Which time a message is delivered.
   *
   * @param count how often it has been delivered, this time included; 0 if it is only looked at
   * @param maybeRedelivered whether it may have been delivered before a crash
   */
  public record Attempt(int count, boolean maybeRedelivered) {

    /** Of a delivery. */
    public static Attempt of(Delivery delivery) {
      return new Attempt(delivery.count(), delivery.maybeRedelivered());
    }

    /** Of a message in a queue. */
    public static Attempt of(StoredMessage stored) {
      return new Attempt(stored.deliveries(), false);
    }
  }

  /** A delivery as a document of its own, in UTF-8. */
  public static byte[] of(Delivery delivery) {
    return of(delivery.message(), Attempt.of(delivery));
  }

  /** A message as a document of its own, in UTF-8. */
  public static byte[] of(Message message, Attempt attempt) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.data().length + 1024);
    try (JsonGenerator out = Json.factory().createGenerator(bytes)) {
      write(out, message, attempt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes a message as an object. */
  public static void write(JsonGenerator out, Message message, Attempt attempt) throws IOException {
    out.writeStartObject();
    writeMembers(out, message, attempt);
    out.writeEndObject();
  }

  /** Writes the members of that object, into one that has others too. */
  public static void writeMembers(JsonGenerator out, Message message, Attempt attempt)
      throws IOException {
    long now = System.currentTimeMillis();
    data(out, message);
    out.writeStringField("topic_name", message.topic());
    out.writeStringField("msg_id", message.id());
    out.writeNumberField("size", message.data().length);
    out.writeNumberField("priority", message.priority());
    if (message.expiresAt() == 0) {
      out.writeNullField("expiration");
    } else {
      out.writeNumberField(
          "expiration", Math.max(0, message.expiresAt() - message.publishedAt()) / 1000);
    }
    text(out, "correl_id", message.correlId());
    text(out, "in_reply_to", message.inReplyTo());
    text(out, "ext_client_id", message.extClientId());
    text(out, "publisher", message.publisher());
    text(out, "cid", Optional.of(message.cid()).filter(cid -> !cid.isEmpty()));
    text(out, "content_type", message.contentType());
    time(out, "pub_time_iso", message.publishedAt());
    time(out, "recv_time_iso", message.receivedAt());
    time(out, "expiration_time_iso", message.expiresAt());
    since(out, "time_since_pub", message.publishedAt(), now);
    since(out, "time_since_recv", message.receivedAt(), now);
    out.writeNumberField("delivery_count", attempt.count());
    out.writeBooleanField("redelivered", attempt.count() > 1);
    out.writeBooleanField("maybe_redelivered", attempt.maybeRedelivered());
    properties(out, message.properties());
  }

  /** Writes {@code data} or {@code data_base64}, whichever fits. */
  public static void data(JsonGenerator out, Message message) throws IOException {
    byte[] data = message.data();
    if (message.format() == Message.Format.JSON && Json.isValid(data)) {
      out.writeFieldName("data");
      out.writeRawValue(new RawJson(data));
    } else if (Utf8.isValid(data)) {
      out.writeFieldName("data");
      // Jackson escapes it piece by piece, without a copy as text.
      out.writeUTF8String(data, 0, data.length);
    } else {
      out.writeBinaryField("data_base64", data);
    }
  }

  private static void text(JsonGenerator out, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      out.writeStringField(name, value.get());
    } else {
      out.writeNullField(name);
    }
  }

  private static void time(JsonGenerator out, String name, long millis) throws IOException {
    if (millis == 0) {
      out.writeNullField(name);
    } else {
      out.writeStringField(
          name, Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS).toString());
    }
  }

  private static void since(JsonGenerator out, String name, long millis, long now)
      throws IOException {
    if (millis == 0) {
      out.writeNullField(name);
    } else {
      out.writeFieldName(name);
      out.writeRawValue(decimal(Math.max(0, now - millis)));
    }
  }

  private static String decimal(long millis) {
    return java.math.BigDecimal.valueOf(millis, 3).toPlainString();
  }

  private static void properties(JsonGenerator out, Map<String, Object> properties)
      throws IOException {
    out.writeObjectFieldStart("properties");
    for (Map.Entry<String, Object> each : properties.entrySet()) {
      out.writeFieldName(each.getKey());
      Object value = each.getValue();
      if (value instanceof Boolean flag) {
        out.writeBoolean(flag);
      } else if (value instanceof Double || value instanceof Float) {
        real(out, ((Number) value).doubleValue());
      } else if (value instanceof Number number) {
        out.writeNumber(number.longValue());
      } else if (value instanceof byte[] bytes) {
        out.writeBinary(bytes);
      } else {
        out.writeString(value.toString());
      }
    }
    out.writeEndObject();
  }

  /** JSON knows no infinity. */
  private static void real(JsonGenerator out, double value) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeString(Double.toString(value));
    }
  }

  /** The payload as a text, for searching and showing; empty if it is none. */
  public static Optional<String> text(Message message) {
    return Utf8.isValid(message.data())
        ? Optional.of(new String(message.data(), StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
