package org.caravanserai.shell.internal;

import java.io.IOException;
import java.util.OptionalInt;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.Deployments;
import org.jspecify.annotations.Nullable;

/** Deploys a source from a file or a URL. */
@Service
@Command(
    scope = "serai",
    name = "deploy",
    description = "Deploys a file, or what a URL gives; if it is refused, what runs goes on",
    detailedDescription = "Example: serai:deploy --dry-run src/Orders.java")
public final class DeployCommand extends DataCommand {

  @Argument(
      name = "source",
      description =
          "A .java, .camel.yaml or .camel.xml file, a .zip file of sources, a .jar (a bundle),"
              + " or the URL of one",
      required = true)
  @Completion(FileCompleter.class)
  private String source;

  @Option(name = "--name", description = "The deployment's name; by default the file's base name")
  @Completion(DeploymentNameCompleter.class)
  private @Nullable String name;

  @Option(name = "--dry-run", description = "Only tell what would happen")
  private boolean dryRun;

  @Option(name = "--force", description = "Also if bundles of others are restarted by it")
  private boolean force;

  @Reference private Deployments deployments;

  @Override
  public @Nullable Object execute() throws IOException {
    SourceLocation location = SourceLocation.of(source, session());
    String deployment = name == null ? location.baseName() : name;
    DeployResult result;
    try (Progress progress = Progress.of(this)) {
      progress.say("reading " + location.uri() + " ...");
      byte[] content = location.read();
      progress.say("deploying " + deployment + " ...");
      result =
          deployments.deploy(
              deployment, content, new DeployOptions(OptionalInt.empty(), dryRun, force));
    }
    DeployWords.tell(this, deployment, result, deployments);
    return null;
  }
}
