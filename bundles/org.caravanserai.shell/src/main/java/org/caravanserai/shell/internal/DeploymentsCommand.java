package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.Deployments;
import org.jspecify.annotations.Nullable;

/** Lists the deployments. */
@Service
@Command(
    scope = "serai",
    name = "deployments",
    description = "Lists the deployments",
    detailedDescription = "Example: serai:deployments --json")
public final class DeploymentsCommand extends DataCommand {

  @Reference private Deployments deployments;

  @Override
  public @Nullable Object execute() {
    List<DeploymentInfo> all = deployments.list();
    var table =
        new Table("Deployment", "Status", "Rev", "Services", "Source", "File")
            .whenEmpty("Nothing is deployed");
    for (DeploymentInfo each : all) {
      table.row(
          each.name(),
          each.status(),
          each.revision(),
          String.join(", ", each.services().isEmpty() ? each.parts() : each.services()),
          each.source(),
          each.origin().orElse(""));
    }
    tell(all, table);
    return null;
  }
}
