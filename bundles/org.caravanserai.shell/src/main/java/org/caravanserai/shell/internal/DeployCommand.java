package org.caravanserai.shell.internal;

import java.io.IOException;
import java.util.OptionalInt;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
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
    description = "Deploys a file, or what a URL gives; if it is refused, what runs goes on")
public final class DeployCommand implements Action {

  @Argument(
      name = "source",
      description =
          "A .java, .camel.yaml or .camel.xml file, a .zip file of sources, a .jar (a bundle),"
              + " or the URL of one",
      required = true)
  @Completion(FileCompleter.class)
  private String source;

  @Option(name = "--name", description = "The deployment's name; by default the file's base name")
  private @Nullable String name;

  @Option(name = "--dry-run", description = "Only tell what would happen")
  private boolean dryRun;

  @Option(name = "--force", description = "Also if bundles of others are restarted by it")
  private boolean force;

  @Option(name = "--json", description = "Answer in JSON")
  private boolean json;

  @Reference private Deployments deployments;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() throws IOException {
    SourceLocation location = SourceLocation.of(source, session);
    String deployment = name == null ? location.baseName() : name;
    DeployResult result =
        deployments.deploy(
            deployment, location.read(), new DeployOptions(OptionalInt.empty(), dryRun, force));
    if (result instanceof DeployResult.Live live) {
      session.getConsole().println(json ? Json.write(live) : DeployWords.of(deployment, live));
      return null;
    }
    throw new IllegalStateException(refusal(deployment, result));
  }

  private String refusal(String deployment, DeployResult result) {
    return json ? Json.write(result) : DeployWords.of(deployment, result);
  }
}
