package org.caravanserai.pubsub.internal.ws;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.caravanserai.api.ServiceException;
import org.caravanserai.pubsub.internal.Json;
import org.jspecify.annotations.Nullable;

/** What a client asks for by one frame, a JSON object. Elements that no action has are left out. */
final class ClientFrame {

  private static final int LONGEST_ID = 200;
  private static final int MOST_IDS = 10_000;
  private static final int USUAL_IN_FLIGHT = 100;

  private final byte[] json;
  private String id = "";
  private @Nullable String action;
  private @Nullable String topic;
  private @Nullable List<String> topics;
  private @Nullable List<String> messageIds;
  private @Nullable String ack;
  private int maxInFlight;

  /** What a client asks for. */
  enum Action {
    PUBLISH,
    SUBSCRIBE,
    UNSUBSCRIBE,
    ACK,
    NACK
  }

  /**
   * A frame whose elements are read by {@link #read}.
   *
   * @param json the frame, in UTF-8
   */
  ClientFrame(byte[] json) {
    this.json = json;
  }

  /**
   * Reads it.
   *
   * @throws ServiceException with status 400 that names the element, or line and column; {@link
   *     #id} is what it has been read as by then
   */
  void read() {
    try (JsonParser parser = Json.factory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ServiceException(400, "expected a JSON object with an action");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value != JsonToken.VALUE_NULL) {
          take(name, parser);
        }
      }
      if (parser.nextToken() != null) {
        throw new ServiceException(400, "expected one JSON object and nothing after it");
      }
    } catch (IOException e) {
      throw Json.malformed(e);
    }
  }

  private void take(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "id" -> id = id(parser);
      case "action" -> action = text(name, parser);
      case "topic", "topic_name" -> topic = text(name, parser);
      case "topics" -> topics = texts(name, parser);
      case "msg_ids" -> messageIds = texts(name, parser);
      case "ack" -> ack = text(name, parser);
      case "max_in_flight" -> maxInFlight = number(name, parser);
      default -> parser.skipChildren();
    }
  }

  /** A text or a number, as it goes back into the answer. */
  private static String id(JsonParser parser) throws IOException {
    String text = parser.getText();
    if (text.length() > LONGEST_ID) {
      throw new ServiceException(400, "id: longer than " + LONGEST_ID + " characters");
    }
    return switch (parser.currentToken()) {
      case VALUE_STRING -> new TextNode(text).toString();
      case VALUE_NUMBER_INT -> text;
      default -> throw new ServiceException(400, "id: expected a text or a whole number");
    };
  }

  private static String text(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new ServiceException(400, name + ": expected a text");
    }
    return parser.getText();
  }

  private static List<String> texts(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new ServiceException(400, name + ": expected a list");
    }
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (texts.size() == MOST_IDS) {
        throw new ServiceException(400, name + ": more than " + MOST_IDS);
      }
      texts.add(text(name + "/" + texts.size(), parser));
    }
    return texts;
  }

  private static int number(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() != JsonParser.NumberType.INT
        || parser.getIntValue() < 1) {
      throw new ServiceException(400, name + ": expected a whole number from 1 on");
    }
    return parser.getIntValue();
  }

  /** The frame as it came. */
  byte[] json() {
    return json;
  }

  /** What the client calls it, as JSON; empty if nothing. */
  String id() {
    return id;
  }

  /**
   * What the client asks for.
   *
   * @throws ServiceException with status 400 if it does not say so, or nobody knows it
   */
  Action action() {
    String name = required("action", action);
    for (Action each : Action.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
        return each;
      }
    }
    throw new ServiceException(
        400, "action: expected publish, subscribe, unsubscribe, ack or nack, found " + cut(name));
  }

  private static String cut(String text) {
    return text.length() > LONGEST_ID ? text.substring(0, LONGEST_ID) : text;
  }

  /** Where to publish to. */
  String topic() {
    return required("topic", topic);
  }

  /** Where to receive from: at least one. */
  List<String> topics() {
    List<String> names = topics == null && topic != null ? List.of(topic) : topics;
    return filled("topics", names);
  }

  /** The messages that an acknowledgement is about: at least one. */
  List<String> messageIds() {
    return filled("msg_ids", messageIds);
  }

  private static List<String> filled(String name, @Nullable List<String> values) {
    List<String> all = required(name, values);
    if (all.isEmpty()) {
      throw new ServiceException(400, name + ": expected at least one");
    }
    return all;
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new ServiceException(400, name + ": missing");
    }
    return value;
  }

  /** Whether the client acknowledges messages; else whoever has read them has had them. */
  boolean isManual() {
    String mode = ack == null ? "auto" : ack;
    if (!mode.equals("auto") && !mode.equals("manual")) {
      throw new ServiceException(400, "ack: expected auto or manual, found " + cut(mode));
    }
    return mode.equals("manual");
  }

  /**
   * How many messages of a topic the client wants to have unacknowledged.
   *
   * @param most how many it may want
   */
  int maxInFlight(int most) {
    if (maxInFlight > most) {
      throw new ServiceException(400, "max_in_flight: expected at most " + most);
    }
    return maxInFlight == 0 ? Math.min(USUAL_IN_FLIGHT, most) : maxInFlight;
  }
}
