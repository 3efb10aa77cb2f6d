package org.caravanserai.pubsub.internal.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Message;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.DeskException.Reason;
import org.caravanserai.pubsub.internal.Json;
import org.caravanserai.pubsub.internal.Publications;
import org.caravanserai.pubsub.internal.push.DeadLetters;

/** What an operator changes of a message. */
final class Change implements UnaryOperator<Message> {

  private static final Set<String> KNOWN =
      Set.of("data", "data_base64", "content_type", "properties");

  private final boolean hasData;
  private final boolean hasType;
  private final boolean hasProperties;
  private final Message values;

  private Change(JsonNode document, Message values) {
    this.hasData = document.hasNonNull("data") || document.hasNonNull("data_base64");
    this.hasType = document.has("content_type");
    this.hasProperties = document.hasNonNull("properties");
    this.values = values;
  }

  /**
   * Reads a change.
   *
   * @throws DeskException if it makes no sense; the message names the element
   */
  static Change read(byte[] json) throws DeskException {
    try {
      JsonNode document = Json.object(json);
      for (Iterator<String> names = document.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (!KNOWN.contains(name)) {
          throw new DeskException(Reason.INVALID, name + ": can't be changed");
        }
      }
      if (document.isEmpty()) {
        throw new DeskException(Reason.INVALID, "expected data, content_type or properties");
      }
      return new Change(document, read(json, document));
    } catch (ServiceException e) {
      throw new DeskException(Reason.INVALID, e.details());
    }
  }

  private static Message read(byte[] json, JsonNode document) {
    byte[] complete = json;
    if (!document.hasNonNull("data") && !document.hasNonNull("data_base64")) {
      // What is read there is a message to be published, which has data.
      complete =
          ((ObjectNode) document.deepCopy())
              .put("data", "")
              .toString()
              .getBytes(StandardCharsets.UTF_8);
    }
    return Publications.read(complete, new Publications.Origin("", Optional.empty(), ""))
        .messages()
        .get(0);
  }

  @Override
  public Message apply(Message message) {
    Message.Builder changed = message.with();
    if (hasData) {
      changed.data(values.data(), values.format());
    }
    if (hasType) {
      changed.contentType(values.contentType());
    }
    if (hasProperties) {
      Map<String, Object> properties = new HashMap<>(message.properties());
      properties.keySet().removeIf(name -> !DeadLetters.isReason(name));
      properties.putAll(values.properties());
      changed.properties(properties);
    }
    return changed.build();
  }
}
