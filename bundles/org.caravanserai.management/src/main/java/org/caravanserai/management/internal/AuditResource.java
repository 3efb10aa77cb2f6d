package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.caravanserai.security.Operation;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.AuditQuery;
import org.caravanserai.security.audit.Outcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What was done to the server, by whom, and what became of it. */
@Component(service = Resource.class)
public final class AuditResource implements Resource {

  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 10_000;
  private static final int DEEPEST = 1_000_000;

  private final Audit audit;

  /** Made by the container. */
  @Activate
  public AuditResource(@Reference Audit audit) {
    this.audit = audit;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/audit",
                Operation.AUDIT_READ,
                "what was done and who was turned away, the newest first",
                this::find)
            .with(
                List.of(
                    QueryParameter.text("user", "only what this user did"),
                    QueryParameter.text("operation", "only this one: objects.write, or objects"),
                    QueryParameter.text("target", "only targets that hold this text"),
                    QueryParameter.text(
                        "outcome", "done, failed, forbidden, unauthenticated or begun"),
                    QueryParameter.text("from", "not before this time: 2026-01-31T12:00:00Z"),
                    QueryParameter.text("to", "before this time"),
                    QueryParameter.number("offset", "how many items to leave out"),
                    QueryParameter.number("limit", "how many items at most; 100 by default")))
            .answers(200, Audit.AuditPage.class));
  }

  private void find(ApiExchange exchange) throws IOException, Problem {
    Query query = exchange.query();
    exchange.json(
        200,
        audit.find(
            new AuditQuery(
                query.text("user"),
                query.text("operation"),
                query.text("target"),
                outcome(query.text("outcome")),
                query.time("from"),
                query.time("to"),
                query.number("offset", 0, 0, DEEPEST),
                query.number("limit", USUAL_PAGE, 1, LARGEST_PAGE))));
  }

  private static Optional<Outcome> outcome(Optional<String> id) throws Problem {
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Optional<Outcome> outcome = Outcome.of(id.get());
    if (outcome.isEmpty()) {
      throw new Problem(400, "outcome is done, failed, forbidden, unauthenticated or begun");
    }
    return outcome;
  }
}
