package org.caravanserai.pubsub.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Message;

/**
 * What a request to publish says: one message, or {@code {"messages":[...]}}.
 *
 * @param messages the messages, in their order; each has a new id and is not sent yet
 * @param batch whether the request was one of several, even if there is only one in it
 */
public record Publications(List<Message> messages, boolean batch) {

  /** How many messages a request may have. */
  public static final int MOST = 1000;

  /**
   * Where a request comes from and goes to.
   *
   * @param topic the topic or queue, as its object spells it
   * @param publisher the security definition that publishes
   * @param cid the correlation id of the request
   */
  public record Origin(String topic, Optional<String> publisher, String cid) {}

  /** Keeps its own copy of the list. */
  public Publications {
    messages = List.copyOf(messages);
  }

  /**
   * Reads a request. Members that are not known are left out, so that the frame of another protocol
   * may have some of its own.
   *
   * @param json the request, an object: {@code data} (any JSON but null) or {@code data_base64},
   *     and what {@link PublicationFields} names; or {@code messages}, a list of such objects
   * @throws ServiceException with status 400, which names the element: {@code data: missing}
   */
  public static Publications read(byte[] json, Origin origin) {
    try (JsonParser parser = Json.factory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ServiceException(400, "expected a JSON object with data");
      }
      PublicationFields fields = new PublicationFields(json, "");
      List<Message> batch = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("messages") && value != JsonToken.VALUE_NULL) {
          batch = batch(parser, json, origin);
        } else {
          fields.take(name, parser);
        }
      }
      if (parser.nextToken() != null) {
        throw new ServiceException(400, "expected one JSON object and nothing after it");
      }
      if (!Utf8.isValid(json)) {
        throw new ServiceException(400, "expected JSON in UTF-8");
      }
      if (batch == null) {
        return new Publications(List.of(fields.message(origin)), false);
      }
      if (fields.hasData()) {
        throw new ServiceException(400, "messages: makes no sense beside data");
      }
      return new Publications(batch, true);
    } catch (IOException e) {
      throw Json.malformed(e);
    }
  }

  private static List<Message> batch(JsonParser parser, byte[] json, Origin origin)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new ServiceException(400, "messages: expected a list");
    }
    List<Message> messages = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String place = "messages/" + messages.size();
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new ServiceException(400, place + ": expected an object with data");
      }
      if (messages.size() == MOST) {
        throw new ServiceException(400, "messages: more than " + MOST);
      }
      PublicationFields fields = new PublicationFields(json, place + "/");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.take(name, parser);
      }
      messages.add(fields.message(origin));
    }
    if (messages.isEmpty()) {
      throw new ServiceException(400, "messages: expected at least one");
    }
    return messages;
  }
}
