package org.caravanserai.shell.internal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;
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
    description = "Lists what was done to the server, the newest first",
    detailedDescription = "Example: serai:audit --user ada --operation objects --limit 10")
public final class AuditCommand extends DataCommand {

  @Option(name = "--user", description = "Only what this user did")
  @Completion(UserNameCompleter.class)
  private @Nullable String user;

  @Option(name = "--operation", description = "Only this operation: objects.write, or objects")
  @Completion(OperationCompleter.class)
  private @Nullable String operation;

  @Option(name = "--target", description = "Only what was done to what holds this text")
  private @Nullable String target;

  @Option(
      name = "--outcome",
      description = "Only with this outcome: done, failed, forbidden, unauthenticated or begun")
  @Completion(
      value = StringsCompleter.class,
      values = {"done", "failed", "forbidden", "unauthenticated", "begun"})
  private @Nullable String outcome;

  @Option(name = "--from", description = "Not before this time: 2026-01-31T12:00:00Z")
  private @Nullable String from;

  @Option(name = "--to", description = "Before this time")
  private @Nullable String to;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 50;

  @Reference private Audit audit;

  @Override
  public @Nullable Object execute() throws CommandException {
    Audit.AuditPage page =
        audit.find(
            new AuditQuery(
                Optional.ofNullable(user),
                Optional.ofNullable(operation),
                Optional.ofNullable(target),
                outcome(outcome),
                time(from),
                time(to),
                0,
                limit));
    var table =
        new Table("Time", "User", "From", "Operation", "Target", "Outcome", "Details")
            .whenEmpty("There is no such record");
    for (AuditRecord entry : page.items()) {
      table.row(
          entry.time(),
          entry.user(),
          entry.door() + " " + entry.address(),
          entry.operation(),
          entry.target(),
          entry.outcome().id(),
          entry.details());
    }
    tell(page, () -> table.print(session()));
    return null;
  }

  private static Optional<Outcome> outcome(@Nullable String id) throws CommandException {
    if (id == null) {
      return Optional.empty();
    }
    Optional<Outcome> known = Outcome.of(id);
    if (known.isEmpty()) {
      throw new CommandException("There is no outcome " + id);
    }
    return known;
  }

  private static Optional<Instant> time(@Nullable String typed) throws CommandException {
    try {
      return Optional.ofNullable(typed).map(Instant::parse);
    } catch (DateTimeParseException e) {
      throw new CommandException(typed + " is no time in UTC such as 2026-01-31T12:00:00Z", e);
    }
  }
}
