package org.caravanserai.spi;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Who uses a connection: one call of a service, or one exchange of a route. */
@ProviderType
public interface Caller {

  /** The correlation id, to be passed on. */
  String cid();

  /**
   * How long the caller still waits, in nanoseconds; {@link Long#MAX_VALUE} if it sets no limit.
   */
  long nanosLeft();

  /**
   * Closes something when the caller's call ends, unless it has been closed before.
   *
   * @throws IllegalStateException if the call has ended; it is closed then
   */
  void closeAtEnd(AutoCloseable resource);

  /**
   * Keeps the caller's classes until what comes back is run, once: for work that goes on after the
   * call has ended.
   */
  Runnable stay();

  /**
   * An object as JSON in UTF-8, written as the caller's outputs are.
   *
   * @throws IllegalArgumentException if it can't be written
   */
  byte[] toJson(Object value);

  /**
   * JSON in a class that the caller knows, read as the caller's inputs are.
   *
   * @param json UTF-8
   * @throws IllegalArgumentException if it does not fit; the message names the place
   */
  <T> @Nullable T fromJson(byte[] json, Class<T> type);
}
