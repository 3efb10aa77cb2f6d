package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Lists the configured objects. */
@Service
@Command(scope = "serai", name = "objects", description = "Lists the configured objects")
public final class ObjectsCommand implements Action {

  @Argument(name = "kind", description = "Only those of that kind")
  @Completion(KindCompleter.class)
  private @Nullable String kind;

  @Option(name = "--json", description = "Answer in JSON")
  private boolean json;

  @Reference private ObjectStore objects;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    List<ObjectInfo> found =
        objects.list().stream().filter(each -> kind == null || each.kind().equals(kind)).toList();
    if (json) {
      session.getConsole().println(Json.write(found));
      return null;
    }
    var table = new ShellTable();
    for (String column : new String[] {"Kind", "Name", "State", "Origin", "Reason"}) {
      table.column(column);
    }
    table.emptyTableText("There is no object");
    for (ObjectInfo each : found) {
      table
          .addRow()
          .addContent(
              each.kind(),
              each.name(),
              each.state().name().toLowerCase(java.util.Locale.ROOT),
              each.origin(),
              each.reason().orElse(""));
    }
    table.print(session.getConsole());
    return null;
  }
}
