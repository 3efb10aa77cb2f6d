package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.List;
import org.caravanserai.deploy.AffectedBundle;

/** The body of a refusal because others would notice. */
record Disturbing(
    String type,
    String title,
    int status,
    String detail,
    String cid,
    List<AffectedBundle> affected) {

  /** Refuses with the bundles that would be restarted. */
  static void answer(ApiExchange exchange, String detail, List<AffectedBundle> affected)
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
}
