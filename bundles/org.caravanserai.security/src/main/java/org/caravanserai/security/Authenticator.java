package org.caravanserai.security;

import org.osgi.annotation.versioning.ProviderType;

/** Tells whose a request is, by a security definition or a group of them. */
@ProviderType
public interface Authenticator {

  /** The name of the security definition or group. */
  String name();

  /**
   * Looks at the credentials of a request, in constant time for wrong ones; blocks on nothing. It
   * is pending only where keys of tokens have to be fetched.
   */
  Verdict check(AccessRequest request);
}
