package org.caravanserai.management.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.spi.Diagnostic;

/** A refusal that becomes a problem document (RFC 9457). */
final class Problem extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private final transient List<Diagnostic> diagnostics;

  /**
   * Refuses a request.
   *
   * @param status the HTTP status
   * @param detail why, and what to do next
   */
  Problem(int status, String detail) {
    this(status, detail, List.of());
  }

  /** The same, with places in what was sent. */
  Problem(int status, String detail, List<Diagnostic> diagnostics) {
    super(detail);
    this.status = status;
    this.diagnostics = diagnostics;
  }

  /** Adds a header to the answer. */
  Problem with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  int status() {
    return status;
  }

  String detail() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  Map<String, String> headers() {
    return headers;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
