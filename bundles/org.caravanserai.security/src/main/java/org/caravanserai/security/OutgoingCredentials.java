package org.caravanserai.security;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The credentials of a security definition as this server shows them to others. */
@ProviderType
public interface OutgoingCredentials {

  /** The name of the security definition. */
  String name();

  /**
   * The headers that carry them, by name, as the definition is now: at once, or when a token has
   * been fetched. It fails with a {@link CredentialsException} if there are none. They are secrets:
   * keep and log none of them. Not to be completed by others.
   */
  CompletableFuture<Map<String, String>> headers();

  /**
   * Tells that the other side has refused some headers with 401.
   *
   * @param headers what {@link #headers} gave
   * @return whether others can be had, so that it is worth to ask once more
   */
  boolean refused(Map<String, String> headers);

  /**
   * The certificate to be shown when a connection is made, as it is now; {@code null} for none. It
   * is another object whenever it has changed.
   */
  @Nullable ClientIdentity identity();
}
