package org.caravanserai.shell.internal;

import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.management.PingAnswer;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.objects.Ping;
import org.jspecify.annotations.Nullable;

/** Reaches for the system behind a connection; fails with the reason if it is not reached. */
@Service
@Command(
    scope = "serai",
    name = "ping",
    description = "Says whether the system behind a connection answers",
    detailedDescription = "Example: serai:ping sql orders")
public final class PingCommand extends DataCommand {

  @Argument(name = "kind", description = "The kind, such as outgoing_rest or sql", required = true)
  @Completion(KindCompleter.class)
  private String kind;

  @Argument(index = 1, name = "name", description = "The connection's name", required = true)
  @Completion(ObjectNameCompleter.class)
  private String name;

  @Reference private ObjectStore objects;

  @Override
  public @Nullable Object execute() {
    Ping ping =
        objects
            .ping(kind, name)
            .orElseThrow(() -> new IllegalArgumentException("There is no " + kind + " " + name));
    if (ping.status() != Ping.Status.REACHED) {
      throw new IllegalStateException(ping.details());
    }
    tell(
        PingAnswer.of(ping),
        () -> say(String.format(Locale.ROOT, "%s (%.1f ms)", ping.details(), ping.millis())));
    return null;
  }
}
