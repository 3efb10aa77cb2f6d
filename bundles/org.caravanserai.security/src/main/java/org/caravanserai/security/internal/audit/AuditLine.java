package org.caravanserai.security.internal.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.caravanserai.security.audit.AuditRecord;
import org.caravanserai.security.audit.Outcome;

/** A record as a line of JSON, with the line feed. */
final class AuditLine {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_TEXT = 2000;

  private AuditLine() {}

  static byte[] write(AuditRecord entry) {
    ObjectNode line = JSON.createObjectNode();
    line.put("time", entry.time().toString());
    line.put("id", entry.id());
    line.put("cid", entry.cid());
    line.put("user", cut(entry.user()));
    line.put("address", entry.address());
    line.put("door", entry.door());
    line.put("operation", entry.operation());
    line.put("target", cut(entry.target()));
    line.put("outcome", entry.outcome().id());
    line.put("details", cut(entry.details()));
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
  }

  /** The record of a line; empty if it is damaged. */
  static Optional<AuditRecord> read(String line) {
    try {
      JsonNode read = JSON.readTree(line);
      return Outcome.of(read.path("outcome").asText())
          .map(
              outcome ->
                  new AuditRecord(
                      read.path("id").asText(),
                      Instant.parse(read.path("time").asText()),
                      read.path("cid").asText(),
                      read.path("user").asText(),
                      read.path("address").asText(),
                      read.path("door").asText(),
                      read.path("operation").asText(),
                      read.path("target").asText(),
                      outcome,
                      read.path("details").asText()));
    } catch (JsonProcessingException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
