package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.spi.Diagnostic;

/**
 * The body of a refusal (RFC 9457).
 *
 * @param type what kind of problem it is: always {@code about:blank}, the status says it
 * @param title the status in words
 * @param status the HTTP status
 * @param detail why, and what to do next
 * @param cid the correlation id of the request
 * @param diagnostics what is wrong with what was sent, and where
 */
record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    String cid,
    Optional<List<Diagnostic>> diagnostics) {

  /** Its content type. */
  static final String CONTENT_TYPE = "application/problem+json";

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
          Map.entry(423, "Locked"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"),
          Map.entry(507, "Insufficient Storage"));

  /** A status in words. */
  static String title(int status) {
    return TITLES.getOrDefault(status, "Error");
  }

  /** Answers with the document of a problem. */
  static void answer(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    problem.headers().forEach(response::setHeader);
    if (hasUnreadBody(request)) {
      // Jetty ends the connection then; who is not told sends the next request into the void.
      response.setHeader("Connection", "close");
    }
    Json.answer(
        response,
        problem.status(),
        CONTENT_TYPE,
        new ProblemDocument(
            "about:blank",
            title(problem.status()),
            problem.status(),
            problem.detail(),
            ApiFilter.cid(request),
            Optional.of(problem.diagnostics()).filter(places -> !places.isEmpty())));
  }

  private static boolean hasUnreadBody(HttpServletRequest request) throws IOException {
    boolean hasBody =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    return hasBody && !request.getInputStream().isFinished();
  }
}
