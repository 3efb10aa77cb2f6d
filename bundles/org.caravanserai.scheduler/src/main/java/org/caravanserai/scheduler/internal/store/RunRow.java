package org.caravanserai.scheduler.internal.store;

import java.util.Optional;

/**
 * A run in the database.
 *
 * @param id its number; 0 if it is not known yet
 * @param job the job
 * @param scheduledAt for when it was due, in milliseconds since 1970
 * @param key what makes it another one than those of the same job and time: empty for one by the
 *     clock, else a correlation id
 * @param origin {@link #SCHEDULE}, {@link #MANUAL}, or what it follows
 * @param state {@link #ASKED}, {@link #RUNNING} or {@link #DONE}
 * @param service the service, if it is another one than that of the job
 * @param payload what it gets, if it is something else than the job says
 * @param attempts how often it has been begun
 * @param leaseNumber the holding under which it was begun
 * @param server who began it
 * @param cid its correlation id
 * @param startedAt when it began; 0 if it has not
 * @param endedAt when it ended; 0 if it has not
 * @param outcome how it ended
 * @param error why it failed
 * @param log its log lines
 */
public record RunRow(
    long id,
    String job,
    long scheduledAt,
    String key,
    String origin,
    String state,
    Optional<String> service,
    Optional<String> payload,
    int attempts,
    long leaseNumber,
    String server,
    String cid,
    long startedAt,
    long endedAt,
    Optional<String> outcome,
    Optional<String> error,
    Optional<String> log) {

  /** By the clock. */
  public static final String SCHEDULE = "schedule";

  /** By an operator. */
  public static final String MANUAL = "manual";

  /** It is to be begun as soon as possible. */
  public static final String ASKED = "asked";

  /** It has begun. */
  public static final String RUNNING = "running";

  /** It has ended. */
  public static final String DONE = "done";

  /** A run that is about to begin. */
  public static RunRow begun(
      String job, long scheduledAt, long leaseNumber, String server, String cid) {
    return new RunRow(
        0,
        job,
        scheduledAt,
        "",
        SCHEDULE,
        RUNNING,
        Optional.empty(),
        Optional.empty(),
        1,
        leaseNumber,
        server,
        cid,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A run that somebody asks for. */
  public static RunRow asked(
      String job, String origin, String cid, Optional<String> service, Optional<String> payload) {
    return new RunRow(
        0,
        job,
        0,
        cid,
        origin,
        ASKED,
        service,
        payload,
        0,
        0,
        "",
        cid,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, begun under another holding. */
  public RunRow begunAgain(long number, String byServer) {
    return new RunRow(
        id,
        job,
        scheduledAt,
        key,
        origin,
        RUNNING,
        service,
        payload,
        attempts + 1,
        number,
        byServer,
        cid,
        startedAt,
        endedAt,
        outcome,
        error,
        log);
  }
}
