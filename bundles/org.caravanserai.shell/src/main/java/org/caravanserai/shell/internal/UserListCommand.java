package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.caravanserai.security.Accounts;
import org.jspecify.annotations.Nullable;

/** Lists the users of this server. */
@Service
@Command(scope = "serai", name = "user-list", description = "Lists the users of this server")
public final class UserListCommand implements Action {

  @Option(name = "--json", description = "Answer in JSON")
  private boolean json;

  @Reference private Accounts accounts;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    if (json) {
      session.getConsole().println(Json.write(accounts.list()));
      return null;
    }
    var table = new ShellTable();
    table.column("User");
    table.column("Roles");
    accounts
        .list()
        .forEach(user -> table.addRow().addContent(user.name(), String.join(", ", user.roles())));
    table.print(session.getConsole());
    return null;
  }
}
