package org.caravanserai.api;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Calls of several services at the same time, with services that are called once all have ended.
 * Each method but {@link #start} gives another one, changed; nothing happens before that.
 *
 * <p>A final callback gets {@code {"source", "req_ts_utc", "resp_ts_utc", "ok", "cid",
 * "in_reply_to", "phase": "on-final", "on_target", "on_final", "data", "results"}}: {@code data} is
 * the outputs in the order in which the calls were given, null for one that failed; {@code results}
 * is {@code {"target", "ok", "exception"}} of each in the same order; {@code ok} says whether all
 * went well; {@code on_target} and {@code on_final} are the callbacks. The rest is as {@link
 * AsyncCall} says.
 */
@ProviderType
public interface FanOut {

  /**
   * With one call more.
   *
   * @param service a service's name; the same one may be called several times
   * @param payload its input, as for {@link Context#invoke}
   */
  FanOut call(String service, @Nullable Object payload);

  /**
   * With services that are called for each target when that has ended; see {@link AsyncCall}.
   *
   * @param services their names
   */
  FanOut onTarget(String... services);

  /**
   * With services that are called once, when all targets have ended.
   *
   * @param services their names
   */
  FanOut onFinal(String... services);

  /**
   * Stored by the broker before {@link #start} returns, all of them or none; see {@link
   * AsyncCall#durable()}. Final callbacks are stored in the step in which the last result is.
   */
  FanOut durable();

  /**
   * The same with an end to the attempts.
   *
   * @param maxAttempts after how many each is given up
   * @throws IllegalArgumentException if that is less than 1
   */
  FanOut durable(int maxAttempts);

  /**
   * Makes the calls without waiting; each has the server's {@code async_timeout} and is not
   * cancelled with its caller.
   *
   * @return their id, which callbacks see as {@code in_reply_to}
   * @throws IllegalArgumentException if there is none, or more than the server's {@code
   *     max_parallel_calls}
   * @throws ServiceException with status 503 if a callback is not deployed; if they are durable,
   *     with status 404 if there is no service of a name, and what {@link Context#publish(String,
   *     Object)} throws
   * @throws IllegalStateException if the call that makes them has ended
   */
  String start();
}
