package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.caravanserai.objects.ConfigurationRefusedException;
import org.caravanserai.spi.Diagnostic;

/** A resource of the admin API that changes the configuration, which may be refused. */
abstract class ConfigurationServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  /** The same as {@link #answer}; refusals of the configuration become problem documents. */
  abstract void configure(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem;

  @Override
  final void answer(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    try {
      configure(method, path, request, response);
    } catch (ConfigurationRefusedException e) {
      int status = status(e.reason());
      if (e.diagnostics().isEmpty()) {
        throw new Problem(status, String.valueOf(e.getMessage()));
      }
      Json.answer(
          response,
          status,
          "application/problem+json",
          new Rejected(
              "about:blank",
              status == 409 ? "Conflict" : "Unprocessable Content",
              status,
              String.valueOf(e.getMessage()),
              ApiFilter.cid(request),
              e.diagnostics()));
    } catch (UncheckedIOException e) {
      throw new Problem(507, "Nothing has changed: " + e.getMessage());
    }
  }

  private static int status(ConfigurationRefusedException.Reason reason) {
    return switch (reason) {
      case INVALID -> 422;
      case UNKNOWN -> 404;
      case CONFLICT -> 409;
      case OUTDATED -> 412;
    };
  }

  /** The body of a refusal with places. */
  private record Rejected(
      String type,
      String title,
      int status,
      String detail,
      String cid,
      List<Diagnostic> diagnostics) {}
}
