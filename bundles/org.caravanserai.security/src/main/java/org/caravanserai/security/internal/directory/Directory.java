package org.caravanserai.security.internal.directory;

import java.util.Optional;
import org.caravanserai.security.User;

/** Users whom this server does not know itself, such as those of an LDAP directory. */
public interface Directory {

  /** Whether there is anybody to ask. */
  boolean isThere();

  /**
   * The user of that name, if the password is right. Answers within the directory's time limit.
   *
   * @throws DirectoryAwayException if the directory could not be asked
   */
  Optional<User> authenticate(String name, char[] password) throws DirectoryAwayException;
}
