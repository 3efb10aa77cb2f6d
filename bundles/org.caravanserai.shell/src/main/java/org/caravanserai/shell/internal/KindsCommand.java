package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.management.ApiJson;
import org.caravanserai.management.KindAnswer;
import org.caravanserai.management.Page;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.spi.ObjectAction;
import org.jspecify.annotations.Nullable;

/** Lists the kinds of objects. */
@Service
@Command(
    scope = "serai",
    name = "kinds",
    description = "Lists the kinds of objects, or prints the JSON Schema of one",
    detailedDescription = "Example: serai:kinds channel_rest")
public final class KindsCommand extends DataCommand {

  @Argument(name = "kind", description = "The kind whose schema is wanted")
  @Completion(KindCompleter.class)
  private @Nullable String kind;

  @Reference private ObjectStore objects;

  @Reference private List<ObjectAction> actions;

  @Override
  public @Nullable Object execute() {
    if (kind == null) {
      List<KindAnswer> kinds =
          objects.kinds().stream().map(each -> KindAnswer.of(each, actions)).toList();
      tell(Page.all(kinds), () -> kinds.forEach(each -> say(each.name())));
      return null;
    }
    KindInfo found =
        objects.kinds().stream()
            .filter(each -> each.name().equals(kind))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("This server has no kind " + kind));
    say(ApiJson.text(found.schema()));
    return null;
  }
}
