package org.caravanserai.shell.internal;

import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Lists the configured objects. */
@Service
@Command(
    scope = "serai",
    name = "objects",
    description = "Lists the configured objects",
    detailedDescription = "Example: serai:objects channel_rest")
public final class ObjectsCommand extends DataCommand {

  @Argument(name = "kind", description = "Only those of that kind")
  @Completion(KindCompleter.class)
  private @Nullable String kind;

  @Reference private ObjectStore objects;

  @Override
  public @Nullable Object execute() {
    List<ObjectInfo> found =
        objects.list().stream().filter(each -> kind == null || each.kind().equals(kind)).toList();
    var table =
        new Table("Kind", "Name", "State", "Origin", "Reason").whenEmpty("There is no object");
    for (ObjectInfo each : found) {
      table.row(
          each.kind(),
          each.name(),
          each.state().name().toLowerCase(Locale.ROOT),
          each.origin(),
          each.reason().orElse(""));
    }
    tell(found, table);
    return null;
  }
}
