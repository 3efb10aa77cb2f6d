package org.caravanserai.security;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The people and scripts that may administer the server. */
@ProviderType
public interface Users {

  /**
   * The user of that name, if the password is right. A wrong one costs as much time as a right one
   * seen for the first time. Who fails too often has to wait; see the settings.
   *
   * @param address where the attempt comes from, as text; each address has its own patience
   */
  Optional<User> authenticate(String name, char[] password, String address);

  /**
   * The same for who stays logged in. It holds until the user is deleted or has other roles or
   * another password, as far as this server knows: of a directory it does not hear.
   */
  Optional<Login> login(String name, char[] password, String address);

  /** The user for whom the token of local scripts stands, if it is right. */
  Optional<User> authenticateToken(String token);

  /**
   * The user for whom a bearer token (RFC 6750) stands, if it is right: that of local scripts, or a
   * signed one of the configured issuer. May wait a bounded time for the issuer's keys.
   *
   * @param address where the attempt comes from, as text; each address has its own patience
   */
  Optional<User> authenticateBearer(String token, String address);

  /** Whether signed tokens of an issuer are taken besides passwords. */
  boolean takesTokens();
}
