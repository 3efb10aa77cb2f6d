package org.caravanserai.shell.internal;

import java.io.IOException;
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

/** Changes one's own password, or, for administrators, that of another user. */
@Service
@Command(
    scope = "serai",
    name = "passwd",
    description = "Changes your own password, or that of another user",
    detailedDescription = "Example: serai:passwd --file password.txt ada")
public final class PasswdCommand implements Action {

  @Argument(name = "name", description = "The user's name; by default your own")
  @Completion(UserNameCompleter.class)
  private @Nullable String name;

  @Option(name = "--file", description = "The file that holds the new password")
  @Completion(FileCompleter.class)
  private @Nullable String file;

  @Reference private Accounts accounts;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() throws IOException {
    if (name != null) {
      String password = HiddenInput.read(session, "New password of " + name + ": ", file);
      accounts.setPassword(name, password.toCharArray());
      return null;
    }
    char[] present = HiddenInput.read(session, "Your present password: ", null).toCharArray();
    String password = HiddenInput.read(session, "Your new password: ", file);
    accounts.changePassword(
        String.valueOf(session.get("USER")), present, password.toCharArray(), "shell");
    return null;
  }
}
