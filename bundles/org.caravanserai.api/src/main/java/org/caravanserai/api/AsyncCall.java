package org.caravanserai.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The call of a service for whose end nobody waits. Each method but {@link #start} gives another
 * one, changed; nothing happens before that.
 *
 * <p>A callback is a service. Its input is {@code {"source", "target", "response", "req_ts_utc",
 * "resp_ts_utc", "ok", "exception", "cid", "in_reply_to", "phase": "on-target"}}: who called, who
 * was called, the output (as JSON; text stays text, bytes and streams are base64), both times (ISO
 * 8601, UTC), whether it went well, the message of the failure if not, the correlation id and what
 * {@link #start} returned. The latter is also among its {@link Context#headers()} as {@code
 * in_reply_to}. A callback that takes a record names in it what it wants to know.
 *
 * <p>The call has the server's {@code async_timeout}, however long its caller has left, and is not
 * cancelled when that one ends. Callbacks too; one for which the server has no thread left is tried
 * again for that time.
 */
@ProviderType
public interface AsyncCall {

  /**
   * With services that are called when it has ended.
   *
   * @param services their names
   */
  AsyncCall callback(String... services);

  /**
   * Stored by the broker before {@link #start} returns, so that it is made also if the server ends
   * before, in whatever way. Its callbacks are stored in the step in which it is done.
   *
   * <p>It waits for its service as long as it takes, and is tried again as messages that are pushed
   * are: with growing pauses, for 30 days, each time for the push time-out. A failure by status 4xx
   * (but 408, 425 and 429) ends it at once. What is given up is a dead letter of the queue {@code
   * serai.call/SERVICE}, and callbacks are told the failure. A crash may repeat an attempt that had
   * not been recorded: the service has to bear being called twice.
   */
  AsyncCall durable();

  /**
   * The same with an end to the attempts.
   *
   * @param maxAttempts after how many it is given up
   * @throws IllegalArgumentException if that is less than 1
   */
  AsyncCall durable(int maxAttempts);

  /**
   * Makes it.
   *
   * @return its id, which callbacks see as {@code in_reply_to}
   * @throws ServiceException with status 503 if a callback is not deployed; if they are durable,
   *     with status 404 if there is no service of a name, and what {@link Context#publish(String,
   *     Object)} throws
   * @throws IllegalStateException if the call that makes it has ended
   */
  String start();
}
