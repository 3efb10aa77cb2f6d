package org.caravanserai.pubsub.internal.desk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.StoredMessage;
import org.caravanserai.pubsub.MessageInfo;
import org.caravanserai.pubsub.MessageInfo.DeadInfo;
import org.caravanserai.pubsub.internal.push.DeadLetters;

/** Messages as operators see them. */
final class Infos {

  /** How the bytes of a character in UTF-8 begin, but for the first. */
  private static final int CONTINUATION = 0x80;

  private static final int CONTINUATION_MASK = 0xC0;

  private Infos() {}

  /** A message in a list, without its data. */
  static MessageInfo row(StoredMessage stored) {
    return of(stored, Optional.empty());
  }

  /** A message with its data, or so many bytes of it; what is text ends with a whole character. */
  static MessageInfo withData(StoredMessage stored, int most) {
    byte[] data = stored.message().data();
    int end = Math.min(data.length, most);
    if (stored.message().format() == Message.Format.BYTES) {
      byte[] beginning = Arrays.copyOf(data, end);
      return of(stored, Optional.of(Base64.getEncoder().encodeToString(beginning)));
    }
    while (end > 0 && end < data.length && (data[end] & CONTINUATION_MASK) == CONTINUATION) {
      end--;
    }
    return of(stored, Optional.of(new String(data, 0, end, StandardCharsets.UTF_8)));
  }

  private static MessageInfo of(StoredMessage stored, Optional<String> data) {
    Message message = stored.message();
    Map<String, Object> properties = new TreeMap<>(message.properties());
    properties.keySet().removeIf(DeadLetters::isReason);
    return new MessageInfo(
        stored.number(),
        message.id(),
        message.topic(),
        message.format().name().toLowerCase(Locale.ROOT),
        message.contentType(),
        message.data().length,
        message.priority(),
        Instant.ofEpochMilli(message.publishedAt()),
        Optional.of(message.expiresAt()).filter(time -> time > 0).map(Instant::ofEpochMilli),
        message.publisher(),
        message.cid(),
        message.correlId(),
        message.inReplyTo(),
        message.extClientId(),
        stored.deliveries(),
        dead(message.properties()),
        properties,
        data);
  }

  private static Optional<DeadInfo> dead(Map<String, Object> properties) {
    return Optional.ofNullable(properties.get(DeadLetters.CAUSE))
        .map(
            cause ->
                new DeadInfo(
                    cause.toString(),
                    number(properties, DeadLetters.STATUS),
                    String.valueOf(properties.getOrDefault(DeadLetters.CID, "")),
                    number(properties, DeadLetters.ATTEMPTS),
                    Instant.ofEpochMilli(number(properties, DeadLetters.FIRST_AT)),
                    Instant.ofEpochMilli(number(properties, DeadLetters.LAST_AT))));
  }

  private static long number(Map<String, Object> properties, String name) {
    return properties.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
