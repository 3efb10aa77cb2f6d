package org.caravanserai.security;

import org.osgi.annotation.versioning.ProviderType;

/** The security definitions of the server, by name. */
@ProviderType
public interface SecurityDefinitions {

  /**
   * What lets callers in under the definition of that name. It stays the same object and follows
   * the definition's changes; while no such definition is active it refuses everybody. Look it up
   * once and keep it.
   */
  Authenticator authenticator(String name);

  /**
   * What this server shows when it calls others under the definition of that name. It stays the
   * same object and follows the definition's changes. Look it up once and keep it.
   */
  OutgoingCredentials outgoing(String name);
}
