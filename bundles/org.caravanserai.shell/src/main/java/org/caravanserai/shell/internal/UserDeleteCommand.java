package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.security.Accounts;
import org.jspecify.annotations.Nullable;

/** Deletes a user. */
@Service
@Command(
    scope = "serai",
    name = "user-delete",
    description = "Deletes a user; the last administrator stays",
    detailedDescription = "Example: serai:user-delete ada")
public final class UserDeleteCommand implements Action {

  @Argument(name = "name", description = "The user's name", required = true)
  @Completion(UserNameCompleter.class)
  private String name;

  @Reference private Accounts accounts;

  @Override
  public @Nullable Object execute() {
    accounts.delete(name);
    return null;
  }
}
