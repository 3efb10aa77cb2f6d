package org.caravanserai.security;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Tells whether a request comes from whom a security definition lets in. */
@ProviderType
public interface Authenticator {

  /** The name of the security definition. */
  String name();

  /**
   * Looks at the credentials of a request, in constant time for wrong ones; blocks on nothing.
   *
   * @param header gives the value of a request header, {@code null} if there is none
   */
  boolean accepts(Function<String, @Nullable String> header);

  /**
   * The {@code WWW-Authenticate} header of a refusal (RFC 9110, section 11.6.1); {@code null} for
   * none.
   */
  @Nullable String challenge();
}
