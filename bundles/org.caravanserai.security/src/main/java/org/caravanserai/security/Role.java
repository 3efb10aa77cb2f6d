package org.caravanserai.security;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody may be; each role may do what the ones before it may, and more. */
public enum Role {
  /** Looks at everything but users, secrets and the audit. */
  VIEWER,
  /** Runs an environment: changes objects, imports, pings, rolls back, invokes services. */
  OPERATOR,
  /** Deploys code, and so may do what the server's own user may. */
  DEVELOPER,
  /** Does everything: users, secrets, the audit, the container. */
  ADMIN;

  /** How it is written. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it may do what another may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** The role that is written so. */
  public static Optional<Role> of(String id) {
    return Stream.of(values()).filter(role -> role.id().equals(id)).findFirst();
  }

  /** All roles in words. */
  public static String words() {
    return Stream.of(values()).map(Role::id).collect(Collectors.joining(", "));
  }

  /** The greatest of some roles; empty if there is none among the names. */
  public static Optional<Role> greatest(Set<String> ids) {
    return Stream.of(values()).filter(role -> ids.contains(role.id())).reduce((a, b) -> b);
  }
}
