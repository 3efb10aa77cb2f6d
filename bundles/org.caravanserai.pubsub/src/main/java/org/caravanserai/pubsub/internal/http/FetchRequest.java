package org.caravanserai.pubsub.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanserai.api.ServiceException;
import org.caravanserai.pubsub.internal.PubSubSettings;
import org.caravanserai.pubsub.internal.TopicNames;
import org.caravanserai.spi.ByteSize;

/**
 * What a call for messages asks for.
 *
 * @param maxMessages how many messages it takes at most
 * @param maxLength how many bytes of data it takes at most
 * @param topics of which topics and queues; empty for all subscriptions
 * @param waiting how long it waits while there is none
 * @param lease how long it holds the messages until it acknowledges them; empty if they count as
 *     acknowledged once they have been sent
 */
record FetchRequest(
    int maxMessages,
    int maxLength,
    Optional<List<String>> topics,
    Duration waiting,
    Optional<Duration> lease) {

  private static final int USUAL_MESSAGES = 50;
  private static final int USUAL_LENGTH = 5_000_000;
  private static final int USUAL_LEASE = 30;

  /**
   * Reads it.
   *
   * @throws ServiceException with status 400, which names the element
   */
  static FetchRequest of(JsonNode json, PubSubSettings settings) {
    Elements elements = new Elements(json);
    String ack = elements.text("ack", "auto");
    if (!ack.equals("auto") && !ack.equals("manual")) {
      throw new ServiceException(400, "ack: expected auto or manual");
    }
    long lease = elements.number("lease", USUAL_LEASE, 1, settings.max__lease());
    long messages = elements.number("max_messages", USUAL_MESSAGES, 1, Integer.MAX_VALUE);
    long length = elements.number("max_len", USUAL_LENGTH, 1, Integer.MAX_VALUE);
    return new FetchRequest(
        (int) Math.min(messages, settings.max__messages()),
        (int) Math.min(length, ByteSize.parse(settings.max__len())),
        topics(elements),
        Duration.ofMillis(elements.millis("wait", settings.max__wait())),
        ack.equals("auto") ? Optional.empty() : Optional.of(Duration.ofSeconds(lease)));
  }

  private static Optional<List<String>> topics(Elements elements) {
    Optional<List<String>> names = elements.texts("topics");
    for (String name : names.orElse(List.of())) {
      if (!TopicNames.isValid(name)) {
        throw new ServiceException(400, "topics: " + TopicNames.EXPECTED);
      }
    }
    return names.map(ArrayList::new);
  }
}
