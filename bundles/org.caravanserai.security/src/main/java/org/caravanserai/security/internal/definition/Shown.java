package org.caravanserai.security.internal.definition;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.security.ClientIdentity;
import org.caravanserai.security.CredentialsException;
import org.jspecify.annotations.Nullable;

/** What a definition shows to others. */
interface Shown {

  /** The headers, as {@link org.caravanserai.security.OutgoingCredentials#headers}. */
  CompletableFuture<Map<String, String>> headers();

  /** As {@link org.caravanserai.security.OutgoingCredentials#refused}. */
  default boolean refused(Map<String, String> headers) {
    return false;
  }

  /** As {@link org.caravanserai.security.OutgoingCredentials#identity}. */
  default @Nullable ClientIdentity identity() {
    return null;
  }

  /** Nothing, for a reason. */
  static Shown nothing(String reason) {
    return () -> CompletableFuture.failedFuture(new CredentialsException(reason));
  }

  /** Headers that do not change. */
  static Shown fixed(Map<String, String> headers) {
    CompletableFuture<Map<String, String>> now =
        CompletableFuture.completedFuture(Map.copyOf(headers));
    return () -> now;
  }
}
