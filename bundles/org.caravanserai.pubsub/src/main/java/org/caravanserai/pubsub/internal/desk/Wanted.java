package org.caravanserai.pubsub.internal.desk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.StoredMessage;
import org.caravanserai.pubsub.MessageSearch;
import org.caravanserai.pubsub.internal.push.DeadLetters;

/** Which messages a search wants. */
final class Wanted implements Predicate<StoredMessage> {

  private final MessageSearch search;
  private final Optional<byte[]> text;

  Wanted(MessageSearch search) {
    this.search = search;
    this.text = search.text().map(value -> value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean test(StoredMessage stored) {
    Message message = stored.message();
    return search.msgId().map(message.id()::equals).orElse(true)
        && search.cid().map(cid -> hasCid(message, cid)).orElse(true)
        && search.from().map(from -> !time(message).isBefore(from)).orElse(true)
        && search.to().map(to -> time(message).isBefore(to)).orElse(true)
        && text.map(part -> holds(message.data(), part)).orElse(true);
  }

  private static boolean hasCid(Message message, String cid) {
    return message.cid().equals(cid) || cid.equals(message.properties().get(DeadLetters.CID));
  }

  private static Instant time(Message message) {
    return Instant.ofEpochMilli(
        message.properties().get(DeadLetters.LAST_AT) instanceof Number failed
            ? failed.longValue()
            : message.publishedAt());
  }

  /** UTF-8 can be searched byte by byte: no character begins within another. */
  static boolean holds(byte[] data, byte[] part) {
    int last = data.length - part.length;
    for (int start = 0; start <= last; start++) {
      int length = 0;
      while (length < part.length && data[start + length] == part[length]) {
        length++;
      }
      if (length == part.length) {
        return true;
      }
    }
    return false;
  }
}
