package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** Lists the deployed services. */
@Service
@Command(scope = "serai", name = "services", description = "Lists the deployed services")
public final class ServicesCommand implements Action {

  @Option(name = "--json", description = "Answer in JSON")
  private boolean json;

  @Reference private ServiceRegistry registry;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    if (json) {
      session.getConsole().println(Json.write(registry.services()));
      return null;
    }
    var table = new ShellTable();
    for (String column :
        new String[] {"Service", "Deployment", "Rev", "Inside", "Calls", "Failures", "Mean µs"}) {
      table.column(column);
    }
    table.emptyTableText("No service is deployed");
    for (ServiceInfo service : registry.services()) {
      table
          .addRow()
          .addContent(
              service.name(),
              service.deployment(),
              service.revision(),
              service.inside(),
              service.calls(),
              service.failures(),
              service.meanMicros());
    }
    table.print(session.getConsole());
    return null;
  }
}
