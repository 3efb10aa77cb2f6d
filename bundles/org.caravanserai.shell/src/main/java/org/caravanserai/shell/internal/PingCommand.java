package org.caravanserai.shell.internal;

import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.objects.Ping;
import org.jspecify.annotations.Nullable;

/** Reaches for the system behind a connection; fails with the reason if it is not reached. */
@Service
@Command(
    scope = "serai",
    name = "ping",
    description = "Says whether the system behind a connection answers")
public final class PingCommand implements Action {

  @Argument(name = "kind", description = "The kind, such as outgoing_rest or sql", required = true)
  private String kind;

  @Argument(index = 1, name = "name", description = "The connection's name", required = true)
  private String name;

  @Option(name = "--json", description = "Answer in JSON")
  private boolean json;

  @Reference private ObjectStore objects;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    Ping ping =
        objects
            .ping(kind, name)
            .orElseThrow(() -> new IllegalArgumentException("There is no " + kind + " " + name));
    if (ping.status() != Ping.Status.REACHED) {
      throw new IllegalStateException(ping.details());
    }
    session
        .getConsole()
        .println(
            json
                ? Json.write(ping)
                : String.format(Locale.ROOT, "%s (%.1f ms)", ping.details(), ping.millis()));
    return null;
  }
}
