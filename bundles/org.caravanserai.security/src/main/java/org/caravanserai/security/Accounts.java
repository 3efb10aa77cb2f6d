package org.caravanserai.security;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The users that this server itself knows, and what can be done to them. A change holds from the
 * next request on and is stored when the method returns.
 *
 * <p>What changes anything throws {@link AccountRefusedException} when it is refused, and {@link
 * java.io.UncheckedIOException} when it can't be stored; nothing has changed then. No password that
 * is handed over here is kept or wiped.
 */
@ProviderType
public interface Accounts {

  /** All of them, by name. */
  List<User> list();

  /** Makes a user. */
  User add(String name, char[] password, Set<String> roles);

  /** Gives a user other roles; the last administrator stays one. */
  User setRoles(String name, Set<String> roles);

  /** Refuses what could not be a user's password, and changes nothing. */
  void checkPassword(String name, char[] password);

  /** Gives a user another password. */
  void setPassword(String name, char[] password);

  /**
   * Gives a user another password if the present one is right; wrong ones count as failed log-ins.
   *
   * @param address where the request comes from
   */
  void changePassword(String name, char[] present, char[] password, String address);

  /** Deletes a user; the last administrator stays. */
  void delete(String name);
}
