package org.caravanserai.pubsub.internal.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.api.Channel;
import org.caravanserai.broker.Broker.Placed;
import org.caravanserai.broker.Message;
import org.caravanserai.pubsub.internal.Json;
import org.caravanserai.pubsub.internal.MessageIds;
import org.caravanserai.pubsub.internal.QueueNames;
import org.caravanserai.runtime.CallReport;
import org.caravanserai.spi.DurableCalls.Kinds;
import org.jspecify.annotations.Nullable;

/**
 * What a message says that is the durable call of a service, beside its input.
 *
 * @param id the id of the set of calls of which it is one
 * @param cid the correlation id
 * @param source the service that made it
 * @param user the security definition that let its caller in, if any
 * @param kinds what the services see as the kind of their channel
 * @param requestedAt when it was made
 * @param index its place among those of the set
 * @param total how many these are
 * @param onTarget services that are told of it
 * @param onFinal services that are told once all of the set have ended
 * @param maxAttempts how often it is tried; 0 for no other limit than the queue's
 */
public record StoredCall(
    String id,
    String cid,
    String source,
    Optional<String> user,
    Kinds kinds,
    Instant requestedAt,
    int index,
    int total,
    List<String> onTarget,
    List<String> onFinal,
    int maxAttempts) {

  /** The name of the property that has it. */
  public static final String PROPERTY = "durable_call";

  /** The call that a message is; {@code null} if it is none. */
  public static @Nullable StoredCall of(Message message) {
    if (!(message.properties().get(PROPERTY) instanceof String text)) {
      return null;
    }
    JsonNode json = Json.object(text.getBytes(StandardCharsets.UTF_8));
    String user = json.path("user").asText("");
    return new StoredCall(
        json.path("id").asText(),
        message.cid(),
        json.path("source").asText(),
        user.isEmpty() ? Optional.empty() : Optional.of(user),
        new Kinds(
            json.path("kind").asText(),
            json.path("on_target_kind").asText(),
            json.path("on_final_kind").asText()),
        Instant.ofEpochMilli(json.path("requested_at").asLong()),
        json.path("index").asInt(),
        json.path("total").asInt(),
        texts(json.path("on_target")),
        texts(json.path("on_final")),
        json.path("max_attempts").asInt());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return List.copyOf(texts);
  }

  private String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id);
    json.put("source", source);
    user.ifPresent(name -> json.put("user", name));
    json.put("kind", kinds.call());
    json.put("on_target_kind", kinds.onTarget());
    json.put("on_final_kind", kinds.onFinal());
    json.put("requested_at", requestedAt.toEpochMilli());
    json.put("index", index);
    json.put("total", total);
    onTarget.forEach(json.putArray("on_target")::add);
    onFinal.forEach(json.putArray("on_final")::add);
    json.put("max_attempts", maxAttempts);
    return json.toString();
  }

  /** The way by which the service sees that it was called. */
  Channel channel() {
    return new Channel(kinds.call(), source, user);
  }

  /**
   * The call as a message of the queue of its service.
   *
   * @param data its input
   */
  public Placed placed(String service, byte[] data, Message.Format format) {
    return new Placed(
        QueueNames.call(service),
        Message.of(MessageIds.next(), service, data, format)
            .cid(cid)
            .properties(Map.of(PROPERTY, json()))
            .build());
  }

  /** A message of the call without its callbacks, which have been told. */
  static Message told(Message message) {
    StoredCall call = of(message);
    if (call == null) {
      return message;
    }
    Map<String, Object> properties = new HashMap<>(message.properties());
    properties.put(PROPERTY, call.with(call.kinds, List.of(), List.of()).json());
    return message.with().properties(properties).build();
  }

  private StoredCall with(Kinds changed, List<String> forEach, List<String> forAll) {
    return new StoredCall(
        id, cid, source, user, changed, requestedAt, index, total, forEach, forAll, maxAttempts);
  }

  /** The messages to those who are to be told what became of the call. */
  List<Placed> answers(CallReport report) {
    List<Placed> answers = new ArrayList<>();
    byte[] data = bytes(report.onTarget());
    onTarget.forEach(service -> answers.add(callback(service, kinds.onTarget(), data)));
    if (!onFinal.isEmpty()) {
      answers.add(
          new Placed(
              QueueNames.FAN_OUT,
              Message.of(MessageIds.next(), source, data, Message.Format.JSON)
                  .cid(cid)
                  .properties(Map.of(PROPERTY, json()))
                  .build()));
    }
    return answers;
  }

  /** The report of the call as one that was given up. */
  CallReport failed(String service, String reason) {
    return CallReport.failed(source, service, cid, id, requestedAt, reason);
  }

  /** The messages to those who are told of all calls of the set. */
  List<Placed> finals(List<CallReport> all) {
    byte[] data = bytes(CallReport.onFinal(all, onTarget, onFinal));
    return onFinal.stream().map(service -> callback(service, kinds.onFinal(), data)).toList();
  }

  private Placed callback(String service, String kind, byte[] data) {
    StoredCall callback = with(new Kinds(kind, "", ""), List.of(), List.of());
    return new Placed(
        QueueNames.call(service),
        Message.of(MessageIds.next(), service, data, Message.Format.JSON)
            .cid(cid)
            .inReplyTo(Optional.of(id))
            .properties(Map.of(PROPERTY, callback.json()))
            .build());
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
