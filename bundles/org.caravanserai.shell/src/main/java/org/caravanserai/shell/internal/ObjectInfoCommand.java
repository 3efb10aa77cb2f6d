package org.caravanserai.shell.internal;

import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.management.ApiJson;
import org.caravanserai.management.ObjectAnswer;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Tells of an object: its fields as they are written, state, origin. */
@Service
@Command(
    scope = "serai",
    name = "object-info",
    description = "Tells of an object: its fields as they are written, state, origin",
    detailedDescription = "Example: serai:object-info channel_rest orders")
public final class ObjectInfoCommand extends DataCommand {

  @Argument(name = "kind", description = "The object's kind, such as channel_rest", required = true)
  @Completion(KindCompleter.class)
  private String kind;

  @Argument(index = 1, name = "name", description = "The object's name", required = true)
  @Completion(ObjectNameCompleter.class)
  private String name;

  @Reference private ObjectStore objects;

  @Override
  public @Nullable Object execute() {
    ConfiguredObject found =
        objects
            .read(kind, name)
            .orElseThrow(() -> new IllegalArgumentException("There is no " + kind + " " + name));
    tell(ObjectAnswer.of(found), () -> facts(found).print(session()));
    return null;
  }

  private static Facts facts(ConfiguredObject found) {
    var facts =
        new Facts()
            .with("Kind", found.info().kind())
            .with("Name", found.info().name())
            .with("State", found.info().state().name().toLowerCase(Locale.ROOT))
            .with("Reason", found.info().reason())
            .with("Origin", found.info().origin());
    found
        .fields()
        .forEach(
            (field, value) ->
                facts.with("  " + field, value instanceof String ? value : ApiJson.text(value)));
    return facts;
  }
}
