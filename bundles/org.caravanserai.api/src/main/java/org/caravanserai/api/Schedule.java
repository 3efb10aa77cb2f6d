package org.caravanserai.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Calls of services at later times: {@code context.schedule().once(Duration.ofMinutes(15),
 * "access.revoke", new Revocation(user))}.
 *
 * <p>Each method that makes a job returns its name once the job is stored: it survives restarts. A
 * job has a name of its own unless {@link #named} gives it one.
 *
 * <p>Payloads are text, or anything that can be written as JSON, which the service then gets as its
 * input; {@code null} for none.
 *
 * <p>All of them throw a {@link ServiceException} with status 400 if what is asked makes no sense,
 * 409 if there is a job of that name which is not this service's to change, 413 if the payload is
 * too large, 429 if services have as many jobs as they may have, 503 if the scheduler is not there.
 */
@ProviderType
public interface Schedule {

  /**
   * The same for a job of a given name: made anew, or changed if a service has made it before.
   *
   * @param name unique among all jobs
   */
  Schedule named(String name);

  /**
   * Calls a service once, after a while; as soon as possible if the server is down then.
   *
   * @param delay from now on
   * @param service its name; it need not be deployed yet
   * @param payload its input
   * @return the job's name
   */
  String once(Duration delay, String service, @Nullable Object payload);

  /**
   * Calls a service once, at a time to come; as soon as possible if the server is down then.
   *
   * @param time when
   * @param service its name
   * @param payload its input
   * @return the job's name
   */
  String once(Instant time, String service, @Nullable Object payload);

  /**
   * Calls a service again and again, first after one interval; times at which no server runs are
   * left out.
   *
   * @param interval whole seconds
   * @param service its name
   * @param payload its input
   * @return the job's name
   */
  String every(Duration interval, String service, @Nullable Object payload);

  /**
   * Calls a service at the times of an expression; times at which no server runs are left out.
   *
   * @param expression 5 fields as on Unix, or 6 to 7 as Quartz has them
   * @param zone the time zone that they are read in
   * @param service its name
   * @param payload its input
   * @return the job's name
   */
  String cron(String expression, ZoneId zone, String service, @Nullable Object payload);

  /**
   * Takes a job away that a service has made. A call that runs is not ended.
   *
   * @param job its name
   * @return whether there was one that was not over
   */
  boolean cancel(String job);
}
