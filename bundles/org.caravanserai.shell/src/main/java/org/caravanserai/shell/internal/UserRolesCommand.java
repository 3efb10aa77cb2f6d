package org.caravanserai.shell.internal;

import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.security.Accounts;
import org.jspecify.annotations.Nullable;

/** Gives a user other roles. */
@Service
@Command(
    scope = "serai",
    name = "user-roles",
    description = "Gives a user other roles",
    detailedDescription = "Example: serai:user-roles ada operator developer")
public final class UserRolesCommand implements Action {

  @Argument(name = "name", description = "The user's name", required = true)
  @Completion(UserNameCompleter.class)
  private String name;

  @Argument(
      index = 1,
      name = "roles",
      description = "viewer, operator, developer or admin",
      required = true,
      multiValued = true)
  @Completion(RoleCompleter.class)
  private List<String> roles;

  @Reference private Accounts accounts;

  @Override
  public @Nullable Object execute() {
    accounts.setRoles(name, Set.copyOf(roles));
    return null;
  }
}
