package org.caravanserai.security;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The people and scripts that may administer the server. */
@ProviderType
public interface Users {

  /**
   * The user of that name, if the password is right. A wrong one costs as much time as a right one
   * seen for the first time.
   */
  Optional<User> authenticate(String name, char[] password);

  /** The user for whom the token of local scripts stands, if it is right. */
  Optional<User> authenticateToken(String token);
}
