package org.caravanserai.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Calls of several services at the same time. Each method but {@link #await} and {@link #start}
 * gives another one, changed; nothing happens before these.
 */
@ProviderType
public interface ParallelCalls {

  /**
   * With one call more.
   *
   * @param service a service's name; the same one may be called several times
   * @param payload its input, as for {@link Context#invoke}
   */
  ParallelCalls call(String service, @Nullable Object payload);

  /**
   * With services that are called for each target when that has ended, in whatever order they end;
   * see {@link AsyncCall} for what they get.
   *
   * @param services their names
   */
  ParallelCalls onTarget(String... services);

  /**
   * Stored by the broker before {@link #start} returns, all of them or none; see {@link
   * AsyncCall#durable()}.
   */
  ParallelCalls durable();

  /**
   * The same with an end to the attempts.
   *
   * @param maxAttempts after how many each is given up
   * @throws IllegalArgumentException if that is less than 1
   */
  ParallelCalls durable(int maxAttempts);

  /**
   * Makes them and waits until all have ended.
   *
   * <p>They have as long as the call that makes them. What the server has no other thread for runs
   * on this one, so calls that wait for each other do not block the server. If the time runs out,
   * or this thread is interrupted, those that are not done are interrupted and fail with status
   * 504.
   *
   * @return what became of each, in the order in which they were given. Nothing is thrown for those
   *     that failed
   * @throws IllegalArgumentException if there is none, or more than the server's {@code
   *     max_parallel_calls}, or they are durable or have callbacks
   * @throws IllegalStateException if the call that makes them has ended
   */
  List<CallResult> await();

  /**
   * Makes them without waiting; each has the server's {@code async_timeout} and is not cancelled
   * with its caller.
   *
   * @return their id, which callbacks see as {@code in_reply_to}
   * @throws IllegalArgumentException as {@link #await}
   * @throws ServiceException with status 503 if a callback is not deployed; if they are durable,
   *     with status 404 if there is no service of a name, and what {@link Context#publish(String,
   *     Object)} throws
   * @throws IllegalStateException if the call that makes them has ended
   */
  String start();
}
