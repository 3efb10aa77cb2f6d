package org.caravanserai.security;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The security definitions of the server and groups of them, by name. */
@ProviderType
public interface SecurityDefinitions {

  /**
   * What lets callers in under the definition of that name. It stays the same object and follows
   * the definition's changes; while no such definition is active it refuses everybody. Look it up
   * once and keep it.
   */
  Authenticator authenticator(String name);

  /**
   * What lets the members of the group of that name in. It stays the same object and follows the
   * changes of the group and its members; while there is no such group it refuses everybody. Look
   * it up once and keep it.
   */
  Authenticator group(String name);

  /**
   * A set of definitions that the caller chooses; none yet.
   *
   * @param name what it is called in the audit
   * @param changed told the name of a chosen definition whenever its user name, password or key has
   *     changed, or it is not active any more; on any thread, must not block
   */
  DefinitionSet set(String name, Consumer<String> changed);

  /**
   * What this server shows when it calls others under the definition of that name. It stays the
   * same object and follows the definition's changes. Look it up once and keep it.
   */
  OutgoingCredentials outgoing(String name);
}
