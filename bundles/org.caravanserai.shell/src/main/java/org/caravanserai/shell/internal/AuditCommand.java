package org.caravanserai.shell.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.AuditQuery;
import org.caravanserai.security.audit.AuditRecord;
import org.caravanserai.security.audit.Outcome;
import org.jspecify.annotations.Nullable;

/** Lists what was done to the server, the newest first. */
@Service
@Command(
    scope = "serai",
    name = "audit",
    description = "Lists what was done to the server, the newest first")
public final class AuditCommand implements Action {

  @Option(name = "--user", description = "Only what this user did")
  private @Nullable String user;

  @Option(name = "--operation", description = "Only this operation: objects.write, or objects")
  private @Nullable String operation;

  @Option(name = "--target", description = "Only what was done to what holds this text")
  private @Nullable String target;

  @Option(
      name = "--outcome",
      description = "Only with this outcome: done, failed, forbidden, unauthenticated or begun")
  private @Nullable String outcome;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 50;

  @Option(name = "--json", description = "Answer in JSON")
  private boolean json;

  @Reference private Audit audit;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    Audit.AuditPage page =
        audit.find(
            new AuditQuery(
                Optional.ofNullable(user),
                Optional.ofNullable(operation),
                Optional.ofNullable(target),
                Optional.ofNullable(outcome).map(AuditCommand::read),
                Optional.empty(),
                Optional.empty(),
                0,
                limit));
    if (json) {
      session.getConsole().println(Json.write(page.items()));
      return null;
    }
    var table = new ShellTable();
    for (String column :
        new String[] {"Time", "User", "From", "Operation", "Target", "Outcome", "Details"}) {
      table.column(column);
    }
    for (AuditRecord entry : page.items()) {
      table
          .addRow()
          .addContent(
              entry.time(),
              entry.user(),
              entry.door() + " " + entry.address(),
              entry.operation(),
              entry.target(),
              entry.outcome().id(),
              entry.details());
    }
    table.print(session.getConsole());
    return null;
  }

  private static Outcome read(String id) {
    return Outcome.of(id)
        .orElseThrow(() -> new IllegalArgumentException("There is no outcome " + id));
  }
}
