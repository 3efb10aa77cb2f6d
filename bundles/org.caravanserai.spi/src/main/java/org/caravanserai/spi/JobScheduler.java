package org.caravanserai.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps the jobs that services make at run time.
 *
 * <p>Register it as an OSGi service, of which there is one at most.
 */
@ConsumerType
public interface JobScheduler {

  /** When a job calls its service. */
  sealed interface Times {

    /**
     * Once.
     *
     * @param time when
     */
    record Once(Instant time) implements Times {}

    /**
     * Again and again, first after one interval.
     *
     * @param interval whole seconds
     */
    record Every(Duration interval) implements Times {}

    /**
     * By an expression.
     *
     * @param expression of 5, 6 or 7 fields
     * @param zone the time zone
     */
    record Cron(String expression, ZoneId zone) implements Times {}
  }

  /**
   * A job.
   *
   * @param name its name; empty for one that nobody else has
   * @param service the service that it calls
   * @param times when
   * @param payload what the service gets, JSON or any other text; empty for nothing
   */
  record Job(Optional<String> name, String service, Times times, Optional<String> payload) {}

  /**
   * Stores a job, or changes one that a service has made.
   *
   * @return its name
   * @throws RuntimeException if it is refused: a {@code ServiceException} fit for callers
   */
  String schedule(Job job);

  /**
   * Takes a job away.
   *
   * @param name its name
   * @return whether there was one, made by a service, that was not over
   * @throws RuntimeException if it is refused: a {@code ServiceException} fit for callers
   */
  boolean cancel(String name);
}
