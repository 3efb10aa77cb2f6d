package org.caravanserai.security;

import java.security.Principal;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/** What a user is in Karaf's shell, whose commands ask for principals. */
public final class ShellRoles {

  /** The role that opens the door of the SSH shell. */
  public static final String SSH = "ssh";

  /** What Karaf's own commands ask an administrator for, beside {@code admin}. */
  private static final Set<String> KARAFS_OWN = Set.of("manager", "systembundles");

  private ShellRoles() {}

  /** The principals of a user: herself, and each role that hers include. */
  public static Set<Principal> of(User user) {
    Set<Principal> principals = new LinkedHashSet<>();
    principals.add(new UserPrincipal(user.name()));
    Role.greatest(user.roles())
        .ifPresent(
            greatest -> {
              for (Role role : Role.values()) {
                if (greatest.includes(role)) {
                  principals.add(new RolePrincipal(role.id()));
                }
              }
              if (greatest == Role.ADMIN) {
                KARAFS_OWN.forEach(role -> principals.add(new RolePrincipal(role)));
              }
              if (user.may(Operation.SSH_ENTER)) {
                principals.add(new RolePrincipal(SSH));
              }
            });
    return principals;
  }
}
