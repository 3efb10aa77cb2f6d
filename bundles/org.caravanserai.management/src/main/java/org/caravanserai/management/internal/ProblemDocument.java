package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * The body of a refusal (RFC 9457).
 *
 * @param type what kind of problem it is: always {@code about:blank}, the status says it
 * @param title the status in words
 * @param status the HTTP status
 * @param detail why, and what to do next
 * @param cid the correlation id of the request
 */
record ProblemDocument(String type, String title, int status, String detail, String cid) {

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Content Too Large"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(422, "Unprocessable Content"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"),
          Map.entry(507, "Insufficient Storage"));

  static void answer(
      HttpServletRequest request, HttpServletResponse response, int status, String detail)
      throws IOException {
    String title = TITLES.getOrDefault(status, "Error");
    Json.answer(
        response,
        status,
        "application/problem+json",
        new ProblemDocument("about:blank", title, status, detail, ApiFilter.cid(request)));
  }
}
