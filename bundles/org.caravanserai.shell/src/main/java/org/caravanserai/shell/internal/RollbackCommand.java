package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.Deployments;
import org.jspecify.annotations.Nullable;

/** Makes the source of an older revision current again, as a new revision. */
@Service
@Command(
    scope = "serai",
    name = "rollback",
    description = "Makes the source of an older revision current again, as a new revision",
    detailedDescription = "Example: serai:rollback Orders 6")
public final class RollbackCommand extends DataCommand {

  @Argument(name = "deployment", description = "The deployment's name", required = true)
  @Completion(DeploymentNameCompleter.class)
  private String name;

  @Argument(
      index = 1,
      name = "revision",
      description = "The number of the revision whose source is wanted",
      required = true)
  @Completion(RevisionCompleter.class)
  private int revision;

  @Option(name = "--force", description = "Also if bundles of others are restarted by it")
  private boolean force;

  @Reference private Deployments deployments;

  @Override
  public @Nullable Object execute() {
    DeployResult result;
    try (Progress progress = Progress.of(this)) {
      progress.say("rolling " + name + " back to revision " + revision + " ...");
      result = deployments.rollback(name, revision, force);
    }
    DeployWords.tell(this, name, result, deployments);
    return null;
  }
}
