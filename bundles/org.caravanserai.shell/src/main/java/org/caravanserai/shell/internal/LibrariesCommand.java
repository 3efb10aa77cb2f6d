package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.LibraryInfo;
import org.jspecify.annotations.Nullable;

/** Lists the shared libraries. */
@Service
@Command(scope = "serai", name = "libraries", description = "Lists the shared libraries")
public final class LibrariesCommand implements Action {

  @Option(name = "--json", description = "Answer in JSON")
  private boolean json;

  @Reference private Deployments deployments;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    if (json) {
      session.getConsole().println(Json.write(deployments.libraries()));
      return null;
    }
    var table = new ShellTable();
    for (String column : new String[] {"Library", "Version", "Status", "Used by", "File"}) {
      table.column(column);
    }
    table.emptyTableText("There is no library");
    for (LibraryInfo each : deployments.libraries()) {
      table
          .addRow()
          .addContent(
              each.name(),
              each.version(),
              each.status(),
              String.join(", ", each.usedBy()),
              String.join(", ", each.files()));
    }
    table.print(session.getConsole());
    return null;
  }
}
