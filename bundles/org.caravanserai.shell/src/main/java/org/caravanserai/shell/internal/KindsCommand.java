package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.objects.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Lists the kinds of objects. */
@Service
@Command(
    scope = "serai",
    name = "kinds",
    description = "Lists the kinds of objects, or prints the JSON Schema of one")
public final class KindsCommand implements Action {

  @Argument(name = "kind", description = "The kind whose schema is wanted")
  @Completion(KindCompleter.class)
  private @Nullable String kind;

  @Reference private ObjectStore objects;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    if (kind == null) {
      objects.kinds().forEach(each -> session.getConsole().println(each.name()));
      return null;
    }
    KindInfo found =
        objects.kinds().stream()
            .filter(each -> each.name().equals(kind))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("this server has no kind " + kind));
    session.getConsole().println(Json.write(found.schema()));
    return null;
  }
}
