package org.caravanserai.runtime;

import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What became of a call. It holds the service's revision until it is closed. */
@ProviderType
public interface Reply extends AutoCloseable {

  /**
   * The reply to a call that entered no revision.
   *
   * @param failure why
   */
  static Reply failed(ServiceException failure) {
    return new FailedReply(failure);
  }

  /**
   * The reply to a call that something else than a service has answered. It holds nothing.
   *
   * @param output the answer, whatever format it is asked for in; no stream
   */
  static Reply ready(Rendered output) {
    return new ReadyReply(output);
  }

  /** Whether the call entered a revision of the service; else it was never begun. */
  boolean hasEntered();

  /** Why it failed, in words meant for the caller; {@code null} if it did not. */
  @Nullable ServiceException failure();

  /** The output as the service returned it. */
  @Nullable Object value();

  /**
   * The output as a document.
   *
   * @throws ServiceException with status 500 if the output can't be written in that format
   */
  Rendered render(DataFormat format);

  /**
   * The output in another class, converted member by member if it is not of that class already.
   *
   * @throws ServiceException with status 500 if it does not fit
   */
  <T> @Nullable T as(Class<T> type);

  /** Ends the call: closes streams and lets go of the revision. Closing again does nothing. */
  @Override
  void close();
}
