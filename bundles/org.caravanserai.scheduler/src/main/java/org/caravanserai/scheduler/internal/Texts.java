package org.caravanserai.scheduler.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.caravanserai.scheduler.Crash;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Misfire;
import org.caravanserai.scheduler.Timing;
import org.caravanserai.scheduler.internal.JobDefinition.Follow;
import org.jspecify.annotations.Nullable;

/** Jobs as the database keeps them. */
public final class Texts {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Texts() {}

  /** What makes a job of the configuration the same as before, but for how it is run. */
  public static String fingerprint(JobDefinition job) {
    ObjectNode node = node(job.timing());
    node.put("service", job.service());
    job.payload().ifPresent(text -> node.put("payload", hash(text)));
    return write(node);
  }

  private static String hash(String text) {
    try {
      byte[] bytes =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A job that a service has made, whole. */
  public static String of(JobDefinition job) {
    ObjectNode node = JSON.createObjectNode();
    node.put("service", job.service());
    node.set("timing", node(job.timing()));
    job.payload().ifPresent(text -> node.put("payload", text));
    node.put("misfire", job.misfire().name());
    node.put("max", job.maxMillis());
    node.put("crash", job.crash().name());
    return write(node);
  }

  /**
   * Reads such a job again.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static JobDefinition job(String name, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      JsonNode timing = node.path("timing");
      return new JobDefinition(
          name,
          node.path("service").asText(),
          new Timing(
              JobType.valueOf(timing.path("type").asText()),
              text(timing, "start"),
              timing.path("weeks").asInt(),
              timing.path("days").asInt(),
              timing.path("hours").asInt(),
              timing.path("minutes").asInt(),
              timing.path("seconds").asInt(),
              timing.path("repeats").asLong(),
              text(timing, "cron"),
              text(timing, "zone")),
          text(node, "payload"),
          0,
          Misfire.valueOf(node.path("misfire").asText()),
          node.path("max").asLong(),
          false,
          Follow.NOTHING,
          Follow.NOTHING,
          Crash.valueOf(node.path("crash").asText()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a job", e);
    }
  }

  /** A text as a document, if it is JSON. */
  public static @Nullable JsonNode json(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null || node.isMissingNode() ? null : node;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** A document as a text. */
  public static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON", e);
    }
  }

  private static ObjectNode node(Timing timing) {
    ObjectNode node = JSON.createObjectNode();
    node.put("type", timing.jobType().name());
    timing.startDate().ifPresent(text -> node.put("start", text));
    timing.cronDefinition().ifPresent(text -> node.put("cron", text));
    timing.timezone().ifPresent(text -> node.put("zone", text));
    node.put("weeks", timing.weeks());
    node.put("days", timing.days());
    node.put("hours", timing.hours());
    node.put("minutes", timing.minutes());
    node.put("seconds", timing.seconds());
    node.put("repeats", timing.repeats());
    return node;
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
  }
}
