package org.caravanserai.shell.internal;

import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.spi.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Tells of a deployment: revisions, services, file, why the last attempt was refused. */
@Service
@Command(
    scope = "serai",
    name = "deployment-info",
    description =
        "Tells of a deployment: revisions, services, file, why the last attempt was refused",
    detailedDescription = "Example: serai:deployment-info Orders")
public final class DeploymentInfoCommand extends DataCommand {

  @Argument(name = "deployment", description = "The deployment's name", required = true)
  @Completion(DeploymentNameCompleter.class)
  private String name;

  @Reference private Deployments deployments;

  @Override
  public @Nullable Object execute() {
    DeploymentInfo found =
        deployments
            .find(name)
            .orElseThrow(() -> new IllegalArgumentException("No deployment is named " + name));
    tell(found, () -> facts(found).print(session()));
    return null;
  }

  private static Facts facts(DeploymentInfo found) {
    return new Facts()
        .with("Deployment", found.name())
        .with("Status", found.status())
        .with("Revision", found.revision())
        .with("Since", found.since())
        .with("Kept", found.revisions())
        .with("Services", found.services())
        .with("Parts", found.parts())
        .with("File", found.origin())
        .with("Source", found.source())
        .with("Hash", found.sha256())
        .with("Bundle", found.bundle())
        .with("Bundle problem", found.bundleProblem())
        .with(
            "Refused",
            found.rejected().stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
  }
}
