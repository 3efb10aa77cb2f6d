package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.deploy.Deployments;
import org.jspecify.annotations.Nullable;

/** Takes a deployment away, with its file, after the last call. */
@Service
@Command(
    scope = "serai",
    name = "undeploy",
    description = "Takes a deployment away, with its file, after the last call",
    detailedDescription = "Example: serai:undeploy Orders")
public final class UndeployCommand implements Action {

  @Argument(name = "deployment", description = "The deployment's name", required = true)
  @Completion(DeploymentNameCompleter.class)
  private String name;

  @Reference private Deployments deployments;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    if (!deployments.undeploy(name)) {
      throw new IllegalArgumentException("No deployment is named " + name);
    }
    session.getConsole().println(name + " is taken away");
    return null;
  }
}
