package org.caravanserai.security.internal.user;

import java.util.Set;
import org.caravanserai.security.User;

/**
 * A user as the file of users has it.
 *
 * @param user the user
 * @param hash the hash of the password
 */
record StoredUser(User user, String hash) {

  static StoredUser of(String name, Set<String> roles, String hash) {
    return new StoredUser(new User(name, Set.copyOf(roles)), hash);
  }

  /** The user without the hash. */
  @Override
  public String toString() {
    return user.toString();
  }
}
