package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.management.ActionAnswer;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.spi.ObjectAction;
import org.jspecify.annotations.Nullable;

/** Does what the kind of an object can do with it. */
@Service
@Command(
    scope = "serai",
    name = "object-action",
    description = "Does what the kind of an object can do with it",
    detailedDescription = "Example: serai:object-action channel_rest orders clear-cache")
public final class ObjectActionCommand extends DataCommand {

  @Argument(name = "kind", description = "The object's kind, such as channel_rest", required = true)
  @Completion(KindCompleter.class)
  private String kind;

  @Argument(index = 1, name = "name", description = "The object's name", required = true)
  @Completion(ObjectNameCompleter.class)
  private String name;

  @Argument(
      index = 2,
      name = "action",
      description = "What is done, such as clear-cache",
      required = true)
  @Completion(ObjectActionCompleter.class)
  private String action;

  @Reference private List<ObjectAction> actions;

  @Reference private ObjectStore objects;

  @Override
  public @Nullable Object execute() {
    if (objects.find(kind, name).isEmpty()) {
      throw new IllegalArgumentException("There is no " + kind + " " + name);
    }
    ObjectAction found =
        actions.stream()
            .filter(each -> each.kind().equals(kind) && each.name().equals(action))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("Nobody can " + action + " a " + kind));
    String done =
        found
            .run(name)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        kind + " " + name + " has no use for " + action + " now"));
    tell(ActionAnswer.done(done), () -> say(done));
    return null;
  }
}
