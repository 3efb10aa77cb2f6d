package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.List;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.spi.Diagnostic;

/** How a change of what is deployed is refused. */
final class Refusals {

  private Refusals() {}

  /** It does not compile, or could not go live. */
  static void rejected(ApiExchange exchange, String stage, List<Diagnostic> diagnostics)
      throws IOException {
    exchange.json(
        422,
        ProblemDocument.CONTENT_TYPE,
        new Rejected(
            "about:blank", "Rejected at " + stage, "rejected", stage, exchange.cid(), diagnostics));
  }

  /** Others would notice. */
  static void disturbing(ApiExchange exchange, String name, List<AffectedBundle> affected)
      throws IOException {
    disturbed(
        exchange,
        "Bundles are wired to " + name + " and would be restarted: ?force=true goes on",
        affected);
  }

  /** The same in words of one's own. */
  static void disturbed(ApiExchange exchange, String detail, List<AffectedBundle> affected)
      throws IOException {
    exchange.json(
        409,
        ProblemDocument.CONTENT_TYPE,
        new Disturbing(
            "about:blank",
            "Other bundles would be restarted",
            409,
            detail,
            exchange.cid(),
            affected));
  }

  /** The body of a refusal because others would notice. */
  record Disturbing(
      String type,
      String title,
      int status,
      String detail,
      String cid,
      List<AffectedBundle> affected) {}

  /** The body of a refusal: a problem document whose status is the contract's word. */
  record Rejected(
      String type,
      String title,
      String status,
      String stage,
      String cid,
      List<Diagnostic> diagnostics) {}
}
