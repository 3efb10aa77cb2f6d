package org.caravanserai.pubsub.internal.ws;

import java.util.Map;

/** Statuses as clients of publish/subscribe see them: {@code 403 Forbidden}. */
final class StatusLine {

  private static final Map<Integer, String> PHRASES =
      Map.of(
          400, "Bad Request",
          403, "Forbidden",
          404, "Not Found",
          409, "Conflict",
          413, "Payload Too Large",
          429, "Too Many Requests",
          500, "Internal Server Error",
          503, "Service Unavailable",
          507, "Insufficient Storage");

  private StatusLine() {}

  /** The status with its reason phrase (RFC 9110, section 15). */
  static String of(int status) {
    return (status + " " + PHRASES.getOrDefault(status, "")).strip();
  }
}
