package org.caravanserai.shell.internal;

import java.io.IOException;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.caravanserai.security.Accounts;
import org.jspecify.annotations.Nullable;

/** Makes a user, whose password is asked for or read from a file. */
@Service
@Command(
    scope = "serai",
    name = "user-add",
    description = "Makes a user",
    detailedDescription = "Example: serai:user-add --file password.txt ada operator")
public final class UserAddCommand implements Action {

  @Argument(name = "name", description = "The user's name", required = true)
  private String name;

  @Argument(
      index = 1,
      name = "role",
      description = "viewer, operator, developer or admin",
      required = true)
  @Completion(RoleCompleter.class)
  private String role;

  @Option(name = "--file", description = "The file that holds the password")
  @Completion(FileCompleter.class)
  private @Nullable String file;

  @Reference private Accounts accounts;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() throws IOException {
    String password = HiddenInput.read(session, "Password of " + name + ": ", file);
    accounts.add(name, password.toCharArray(), Set.of(role));
    return null;
  }
}
