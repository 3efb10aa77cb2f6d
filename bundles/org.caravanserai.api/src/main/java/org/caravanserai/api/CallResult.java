package org.caravanserai.api;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What became of one of several calls; valid until the call that made them ends. */
@ProviderType
public interface CallResult {

  /** The service that was called. */
  String target();

  /** Whether it answered without a failure. */
  boolean ok();

  /** When the call was made. */
  Instant requestedAt();

  /** When it was answered, or given up. */
  Instant respondedAt();

  /** Why it failed. */
  Optional<ServiceException> failure();

  /**
   * The output.
   *
   * @param type the class in which it is wanted, converted as by {@link Context#invoke}
   * @return the output, {@code null} if the service had nothing to say
   * @throws ServiceException its failure, or with status 500 if the output does not fit
   */
  <T> @Nullable T response(Class<T> type);
}
