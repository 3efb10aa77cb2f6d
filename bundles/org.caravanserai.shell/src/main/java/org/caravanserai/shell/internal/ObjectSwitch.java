package org.caravanserai.shell.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.caravanserai.management.ApiJson;
import org.caravanserai.management.ObjectAnswer;
import org.caravanserai.objects.Condition;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ObjectStore;
import org.jspecify.annotations.Nullable;

/** A command that changes the field {@code is_active} of an object, and no other. */
abstract class ObjectSwitch extends DataCommand {

  private final boolean active;

  @Argument(name = "kind", description = "The object's kind, such as channel_rest", required = true)
  @Completion(KindCompleter.class)
  private String kind;

  @Argument(index = 1, name = "name", description = "The object's name", required = true)
  @Completion(ObjectNameCompleter.class)
  private String name;

  @Reference private ObjectStore objects;

  ObjectSwitch(boolean active) {
    this.active = active;
  }

  @Override
  public final @Nullable Object execute() throws java.io.IOException {
    ConfiguredObject found =
        objects
            .read(kind, name)
            .orElseThrow(() -> new IllegalArgumentException("There is no " + kind + " " + name));
    Map<String, Object> fields = new LinkedHashMap<>(found.fields());
    fields.put("is_active", active);
    ConfiguredObject now =
        objects.put(
            kind,
            name,
            ApiJson.bytes(fields),
            new Condition(Optional.of(found.etag()), false),
            false);
    tell(ObjectAnswer.of(now), () -> say(ObjectWords.of(now)));
    return null;
  }
}
