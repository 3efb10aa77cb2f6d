package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.objects.Secrets;
import org.jspecify.annotations.Nullable;

/** Lists the names of secrets. */
@Service
@Command(scope = "serai", name = "secret-list", description = "Lists the names of the secrets")
public final class SecretListCommand implements Action {

  @Option(name = "--json", description = "Answer in JSON")
  private boolean json;

  @Reference private Secrets secrets;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    List<String> names = secrets.names();
    if (json) {
      session.getConsole().println(Json.write(names));
    } else {
      names.forEach(session.getConsole()::println);
    }
    return null;
  }
}
