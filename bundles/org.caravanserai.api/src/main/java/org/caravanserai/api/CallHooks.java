package org.caravanserai.api;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a {@link Service} does around each of its calls, if it implements this too. All of it runs
 * on the call's thread, in its time, and sees its context; it is called concurrently, as the
 * service is. A service that does not implement it pays nothing.
 *
 * @param <I> the service's input
 * @param <O> its output
 */
@ConsumerType
public interface CallHooks<I extends @Nullable Object, O extends @Nullable Object> {

  /**
   * Before {@link Service#handle}, once the input has been read.
   *
   * @throws Exception to refuse the call: the caller sees what it would see if the service threw it
   */
  default void before(I input, Context context) throws Exception {}

  /**
   * After the service has returned an output, or the stage that it returned has completed, and
   * before the output is written.
   *
   * @param output {@code null} if it had nothing to say; a stream has not been read
   * @throws Exception to fail the call after all
   */
  default void after(I input, O output, Context context) throws Exception {}

  /**
   * After {@link #before}, the service, its stage or {@link #after} has failed. It changes nothing
   * for the caller; what it throws goes to the log. It is not called when the input could not be
   * read, nor when the time ran out before a stage completed.
   *
   * @param failure what was thrown
   */
  default void onError(I input, Throwable failure, Context context) throws Exception {}
}
