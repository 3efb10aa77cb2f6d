package org.caravanserai.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call, as callback services are told it. It has no class of anybody's revision.
 *
 * @param source the service that made the call
 * @param target the service that was called
 * @param cid the correlation id
 * @param inReplyTo the id of the call, or of the set of calls of which it is one
 * @param requestedAt when it was made
 * @param respondedAt when it was answered
 * @param response the output; null if it failed
 * @param exception the message of its failure; {@code null} if it went well
 */
public record CallReport(
    String source,
    String target,
    String cid,
    String inReplyTo,
    Instant requestedAt,
    Instant respondedAt,
    JsonNode response,
    @Nullable String exception) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * The report of a call that has just been answered.
   *
   * @param reply the answer, which whoever calls closes
   */
  public static CallReport of(
      String source,
      String target,
      String cid,
      String inReplyTo,
      Instant requestedAt,
      Reply reply) {
    ServiceException failure = reply.failure();
    JsonNode response = NODES.nullNode();
    String exception = null;
    if (failure == null) {
      try {
        response = response(reply);
      } catch (ServiceException unwritable) {
        exception = unwritable.details();
      } catch (IOException unreadable) {
        exception = "The output of " + target + " could not be read";
      }
    } else {
      exception = reason(failure);
    }
    return new CallReport(
        source, target, cid, inReplyTo, requestedAt, Instant.now(), response, exception);
  }

  /**
   * A report that was written as {@link #onTarget()}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static CallReport of(JsonNode written) {
    try {
      return new CallReport(
          written.path("source").asText(),
          written.path("target").asText(),
          written.path("cid").asText(),
          written.path("in_reply_to").asText(),
          Instant.parse(written.path("req_ts_utc").asText()),
          Instant.parse(written.path("resp_ts_utc").asText()),
          written.path("response"),
          written.path("ok").asBoolean() ? null : written.path("exception").asText());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not the report of a call", e);
    }
  }

  /**
   * Why a call failed, in words for services and operators of this server: with what an unexpected
   * exception says itself, which callers from outside don't get.
   */
  public static String reason(ServiceException failure) {
    Throwable cause = failure.getCause();
    if (failure.status() != 500 || cause == null) {
      return failure.details();
    }
    String words = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return words == null || words.isEmpty() ? name : name + ": " + words;
  }

  /**
   * The report of a call that was given up.
   *
   * @param reason why, in words for services and operators
   */
  public static CallReport failed(
      String source,
      String target,
      String cid,
      String inReplyTo,
      Instant requestedAt,
      String reason) {
    return new CallReport(
        source, target, cid, inReplyTo, requestedAt, Instant.now(), NODES.nullNode(), reason);
  }

  private static JsonNode response(Reply reply) throws IOException {
    Object value = reply.value();
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof String text) {
      return NODES.textNode(text);
    }
    if (value instanceof byte[] bytes) {
      return NODES.binaryNode(bytes);
    }
    if (value instanceof InputStream stream) {
      return NODES.binaryNode(stream.readAllBytes());
    }
    JsonNode tree = reply.as(JsonNode.class);
    return tree == null ? NODES.nullNode() : tree;
  }

  /** Whether it went well. */
  public boolean ok() {
    return exception == null;
  }

  /** The input of a callback that is called for each target. */
  public ObjectNode onTarget() {
    ObjectNode message = NODES.objectNode();
    message.put("source", source);
    message.put("target", target);
    message.set("response", response);
    message.put("req_ts_utc", requestedAt.toString());
    message.put("resp_ts_utc", respondedAt.toString());
    message.put("ok", ok());
    message.put("exception", exception);
    message.put("cid", cid);
    message.put("in_reply_to", inReplyTo);
    message.put("phase", "on-target");
    return message;
  }

  /**
   * The input of a callback that is called once all have ended.
   *
   * @param all the reports of all targets, in order, at least one
   * @param onTarget the services that were called for each
   * @param onFinal the services that get this
   */
  public static ObjectNode onFinal(
      List<CallReport> all, Collection<String> onTarget, Collection<String> onFinal) {
    CallReport first = all.get(0);
    ObjectNode message = NODES.objectNode();
    message.put("source", first.source);
    message.put("req_ts_utc", min(all).toString());
    message.put("resp_ts_utc", max(all).toString());
    message.put("ok", all.stream().allMatch(CallReport::ok));
    message.put("cid", first.cid);
    message.put("in_reply_to", first.inReplyTo);
    message.put("phase", "on-final");
    message.set("on_target", texts(onTarget));
    message.set("on_final", texts(onFinal));
    ArrayNode data = message.putArray("data");
    ArrayNode results = message.putArray("results");
    for (CallReport each : all) {
      data.add(each.response);
      ObjectNode result = results.addObject();
      result.put("target", each.target);
      result.put("ok", each.ok());
      result.put("exception", each.exception);
    }
    return message;
  }

  private static Instant min(List<CallReport> all) {
    return all.stream().map(CallReport::requestedAt).min(Instant::compareTo).orElseThrow();
  }

  private static Instant max(List<CallReport> all) {
    return all.stream().map(CallReport::respondedAt).max(Instant::compareTo).orElseThrow();
  }

  private static ArrayNode texts(Collection<String> names) {
    ArrayNode array = NODES.arrayNode();
    names.forEach(array::add);
    return array;
  }
}
