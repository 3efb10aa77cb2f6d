package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.objects.Condition;
import org.caravanserai.objects.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Takes an object away that no file has and nobody refers to. */
@Service
@Command(
    scope = "serai",
    name = "object-delete",
    description = "Takes an object away that no file has and nobody refers to",
    detailedDescription = "Example: serai:object-delete sql orders")
public final class ObjectDeleteCommand implements Action {

  @Argument(name = "kind", description = "The object's kind, such as channel_rest", required = true)
  @Completion(KindCompleter.class)
  private String kind;

  @Argument(index = 1, name = "name", description = "The object's name", required = true)
  @Completion(ObjectNameCompleter.class)
  private String name;

  @Reference private ObjectStore objects;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    objects.delete(kind, name, Condition.NONE);
    session.getConsole().println(kind + " " + name + " is taken away");
    return null;
  }
}
