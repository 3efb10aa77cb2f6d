package org.caravanserai.security.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which records are wanted. What is empty is of no matter.
 *
 * @param user of that user
 * @param operation of that operation; {@code objects} stands for all that begin with {@code
 *     objects.}
 * @param target whose target holds this text
 * @param outcome with that outcome
 * @param from not before
 * @param to before
 * @param offset how many to leave out
 * @param limit how many at most
 */
public record AuditQuery(
    Optional<String> user,
    Optional<String> operation,
    Optional<String> target,
    Optional<Outcome> outcome,
    Optional<Instant> from,
    Optional<Instant> to,
    int offset,
    int limit) {

  /** All, up to a number. */
  public static AuditQuery newest(int limit) {
    return new AuditQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        limit);
  }

  /** Whether a record is wanted. */
  public boolean wants(AuditRecord entry) {
    return user.map(entry.user()::equals).orElse(true)
        && operation.map(wanted -> is(entry.operation(), wanted)).orElse(true)
        && target.map(entry.target()::contains).orElse(true)
        && outcome.map(wanted -> wanted == entry.outcome()).orElse(true)
        && from.map(time -> !entry.time().isBefore(time)).orElse(true)
        && to.map(time -> entry.time().isBefore(time)).orElse(true);
  }

  private static boolean is(String operation, String wanted) {
    return operation.equals(wanted) || operation.startsWith(wanted + ".");
  }
}
