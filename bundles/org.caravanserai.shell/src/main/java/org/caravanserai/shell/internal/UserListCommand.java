package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.security.Accounts;
import org.caravanserai.security.User;
import org.jspecify.annotations.Nullable;

/** Lists the users of this server. */
@Service
@Command(
    scope = "serai",
    name = "user-list",
    description = "Lists the users of this server",
    detailedDescription = "Example: serai:user-list --json")
public final class UserListCommand extends DataCommand {

  @Reference private Accounts accounts;

  @Override
  public @Nullable Object execute() {
    List<User> users = accounts.list();
    var table = new Table("User", "Roles").whenEmpty("There is no user");
    users.forEach(user -> table.row(user.name(), String.join(", ", user.roles())));
    tell(users, table);
    return null;
  }
}
