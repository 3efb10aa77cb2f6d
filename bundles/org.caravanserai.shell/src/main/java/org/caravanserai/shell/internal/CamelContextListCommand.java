package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.camel.CamelContextInfo;
import org.caravanserai.camel.Routes;
import org.jspecify.annotations.Nullable;

/** Lists Camel contexts: that of channels, and one for each file with routes. */
@Service
@Command(
    scope = "camel",
    name = "context-list",
    description = "Lists the Camel contexts: that of channels, and one for each file with routes",
    detailedDescription = "Example: camel:context-list --json")
public final class CamelContextListCommand extends DataCommand {

  @Reference private Routes routes;

  @Override
  public @Nullable Object execute() {
    List<CamelContextInfo> contexts = routes.contexts();
    var table = new Table("Context", "State", "Camel", "Uptime", "Routes");
    for (CamelContextInfo each : contexts) {
      table.row(
          each.name(), each.state(), each.version(), Span.of(each.uptimeMillis()), each.routes());
    }
    tell(contexts, table.whenEmpty("There is no Camel context"));
    return null;
  }
}
