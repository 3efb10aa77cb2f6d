package org.caravanserai.scheduler.internal;

import java.util.Optional;
import org.caravanserai.scheduler.Crash;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Misfire;
import org.caravanserai.scheduler.Timing;

/**
 * A job, whoever made it.
 *
 * @param name its name
 * @param service the service that it calls
 * @param timing when
 * @param payload what the service gets: JSON or any other text
 * @param jitterMillis by up to how much a run begins later, by chance
 * @param misfire what becomes of missed times
 * @param maxMillis how long a run may take
 * @param overlap whether a run begins while the one before goes on
 * @param onSuccess what follows a run that went well
 * @param onError what follows one that did not
 * @param crash what becomes of a run whose server died
 */
public record JobDefinition(
    String name,
    String service,
    Timing timing,
    Optional<String> payload,
    long jitterMillis,
    Misfire misfire,
    long maxMillis,
    boolean overlap,
    Follow onSuccess,
    Follow onError,
    Crash crash) {

  /**
   * What follows a run.
   *
   * @param service a service that is told of it
   * @param job a job that is run
   */
  public record Follow(Optional<String> service, Optional<String> job) {

    /** Nothing. */
    public static final Follow NOTHING = new Follow(Optional.empty(), Optional.empty());
  }

  /** How long a run may take where nothing else is said: an hour. */
  public static final long USUAL_MILLIS = 3_600_000;

  /** A job as services make it. */
  public static JobDefinition ofService(
      String name, String service, Timing timing, Optional<String> payload) {
    boolean once = timing.jobType() == JobType.ONE_TIME;
    return new JobDefinition(
        name,
        service,
        timing,
        payload,
        0,
        once ? Misfire.RUN_ONCE : Misfire.SKIP,
        USUAL_MILLIS,
        false,
        Follow.NOTHING,
        Follow.NOTHING,
        Crash.SKIP);
  }
}
