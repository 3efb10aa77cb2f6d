package org.caravanserai.security;

import java.util.Set;

/**
 * Somebody who may administer the server.
 *
 * @param name the name
 * @param roles the names of the roles
 */
public record User(String name, Set<String> roles) {

  /** Whether one of the roles is enough for an operation. */
  public boolean may(Operation operation) {
    return Role.greatest(roles).map(role -> role.includes(operation.role())).orElse(false);
  }
}
