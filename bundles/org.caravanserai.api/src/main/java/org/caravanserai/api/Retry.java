package org.caravanserai.api;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The call of a service that is tried again if it fails by what may pass: by status 408, 425, 429,
 * 500, 502, 503 or 504. Who calls a service again has to know that the service bears it. Each
 * method but the last two gives another one, changed.
 *
 * <p>Without any of them there are three attempts, the second after about 200 milliseconds, each
 * further one after twice as long, at most 5 seconds, all by up to 20 percent more or less. A
 * service that said {@link ServiceException#retryAfterSeconds} is not called before that.
 */
@ProviderType
public interface Retry {

  /**
   * With another number of attempts.
   *
   * @param atMost the first included
   * @throws IllegalArgumentException if it is less than 1
   */
  Retry attempts(int atMost);

  /**
   * With other pauses.
   *
   * @param first after the first attempt; twice as long after each further one
   * @param longest at most
   * @throws IllegalArgumentException if one is negative
   */
  Retry backoff(Duration first, Duration longest);

  /**
   * With more or less chance in the pauses.
   *
   * @param percent by how much they are longer or shorter at most
   * @throws IllegalArgumentException if it is not within 0 to 100
   */
  Retry jitter(int percent);

  /**
   * With another choice of failures that are worth another attempt.
   *
   * @param worthIt says yes to these
   */
  Retry retryIf(Predicate<ServiceException> worthIt);

  /**
   * Calls and waits, also during the pauses. All attempts together have as long as the call that
   * makes them: one that would begin later is not made. When this thread is interrupted none is
   * made any more.
   *
   * @param type the class in which the output is wanted, as for {@link Context#invoke}
   * @return the output of the first attempt that went well
   * @throws ServiceException the failure of the last attempt
   * @throws IllegalArgumentException if the payload is a stream, which can be read only once
   * @throws IllegalStateException if the call that makes them has ended
   */
  <T> @Nullable T invoke(Class<T> type);

  /**
   * The same without waiting; no thread is held during the pauses. All attempts together have the
   * server's {@code async_timeout}.
   *
   * @return the output to come; it fails with the failure of the last attempt. To cancel it cancels
   *     the attempt that is running, and those that would follow. This service's revision stays
   *     until what is chained to it has run
   */
  <T> CompletionStage<@Nullable T> invokeAsync(Class<T> type);
}
