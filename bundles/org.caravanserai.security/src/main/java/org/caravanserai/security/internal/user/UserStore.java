package org.caravanserai.security.internal.user;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.caravanserai.security.AccountRefusedException;
import org.caravanserai.security.AccountRefusedException.Reason;
import org.caravanserai.security.Role;
import org.caravanserai.security.User;

/** The users of the file, and what may become of them. */
final class UserStore {

  private static final int LONGEST_NAME = 200;

  /** Whom the token of local scripts stands for. */
  private static final String LOCAL = "local";

  private final UserFile file;
  private final PasswordHash hash;
  private final PasswordPolicy policy;
  private final Runnable changed;
  private volatile Map<String, StoredUser> users;

  /**
   * Reads the users.
   *
   * @param changed is run after each change
   */
  UserStore(UserFile file, PasswordHash hash, PasswordPolicy policy, Runnable changed)
      throws IOException {
    this.file = file;
    this.hash = hash;
    this.policy = policy;
    this.changed = changed;
    this.users = file.read();
  }

  /** The user of that name. */
  Optional<StoredUser> find(String name) {
    return Optional.ofNullable(users.get(name));
  }

  /** All of them, by name. */
  List<User> list() {
    return new TreeMap<>(users).values().stream().map(StoredUser::user).toList();
  }

  /** Makes a user, or makes her anew, without asking the policy. */
  void put(String name, char[] password, Set<String> roles) {
    change(all -> all.put(name, StoredUser.of(name, roles, hash.of(password))));
  }

  /** Makes a user. */
  User add(String name, char[] password, Set<String> roles) {
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || !name.equals(name.strip())
        || name.indexOf(':') >= 0
        || name.chars().anyMatch(Character::isISOControl)) {
      throw invalid(
          "A user's name has 1 to 200 characters, no colon, no control character"
              + " and no space around it");
    }
    if (name.equals(LOCAL)) {
      throw new AccountRefusedException(Reason.CONFLICT, LOCAL + " is the name of local scripts");
    }
    checkRoles(roles);
    policy.check(name, password);
    StoredUser made = StoredUser.of(name, roles, hash.of(password));
    change(
        all -> {
          if (all.putIfAbsent(name, made) != null) {
            throw new AccountRefusedException(Reason.CONFLICT, "There is a user " + name);
          }
        });
    return made.user();
  }

  /** Gives a user other roles. */
  User setRoles(String name, Set<String> roles) {
    checkRoles(roles);
    change(
        all -> {
          all.put(name, StoredUser.of(name, roles, known(all, name).hash()));
          checkAdministrators(all);
        });
    return new User(name, Set.copyOf(roles));
  }

  /** Refuses what could not be a user's password. */
  void checkPassword(String name, char[] password) {
    policy.check(name, password);
  }

  /** Gives a user another password. */
  void setPassword(String name, char[] password) {
    policy.check(name, password);
    String hashed = hash.of(password);
    change(all -> all.put(name, StoredUser.of(name, known(all, name).user().roles(), hashed)));
  }

  /** Deletes a user. */
  void delete(String name) {
    change(
        all -> {
          all.remove(known(all, name).user().name());
          checkAdministrators(all);
        });
  }

  private synchronized void change(Consumer<Map<String, StoredUser>> change) {
    Map<String, StoredUser> all = new TreeMap<>(users);
    change.accept(all);
    try {
      file.write(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    users = Map.copyOf(all);
    changed.run();
  }

  private static StoredUser known(Map<String, StoredUser> all, String name) {
    StoredUser user = all.get(name);
    if (user == null) {
      throw new AccountRefusedException(Reason.UNKNOWN, "There is no user " + name);
    }
    return user;
  }

  private static void checkRoles(Set<String> roles) {
    Set<String> unknown = new HashSet<>(roles);
    unknown.removeIf(role -> Role.of(role).isPresent());
    if (roles.isEmpty() || !unknown.isEmpty()) {
      throw invalid("roles: some of " + Role.words());
    }
  }

  private static void checkAdministrators(Map<String, StoredUser> all) {
    if (all.values().stream().noneMatch(each -> each.user().roles().contains(Role.ADMIN.id()))) {
      throw new AccountRefusedException(
          Reason.CONFLICT, "This is the last user with the role admin, and stays");
    }
  }

  private static AccountRefusedException invalid(String message) {
    return new AccountRefusedException(Reason.INVALID, message);
  }
}
