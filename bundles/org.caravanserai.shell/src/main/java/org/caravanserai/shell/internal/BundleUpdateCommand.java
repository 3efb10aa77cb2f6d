package org.caravanserai.shell.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.karaf.bundle.core.BundleService;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.deploy.BundleChanges;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.Deployments;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** Updates a bundle while calls of the services in it wait; in the place of Karaf's own. */
@Service
@Command(
    scope = "bundle",
    name = "update",
    description = "Updates a bundle; calls of its services wait meanwhile")
public final class BundleUpdateCommand implements Action {

  @Argument(
      name = "id",
      description = "The bundle: its id, its name, or name/version",
      required = true)
  private String id;

  @Argument(
      index = 1,
      name = "location",
      description = "The URL of the new content; by default that which the bundle says, or had")
  private @Nullable URI location;

  @Option(name = "--raw", description = "Leaves the bundle's Bundle-UpdateLocation out of account")
  private boolean raw;

  @Option(
      name = "-r",
      aliases = "--refresh",
      description = "Wires it anew afterwards, and those that are wired to it")
  private boolean refresh;

  @Option(name = "--force", description = "Also if bundles of others are restarted by it")
  private boolean force;

  @Reference private BundleService bundles;

  @Reference private BundleChanges changes;

  @Reference private Deployments deployments;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() throws IOException, BundleException {
    Bundle bundle = bundles.getBundle(id);
    Optional<String> deployment = changes.deployment(bundle);
    if (deployment.isPresent()) {
      return deploy(deployment.get());
    }
    if (refresh) {
      BundleGuard.check(
          changes.affected(List.of(bundle)), force, "are wired to it and would be restarted");
    }
    changes.update(bundle, open(source(bundle)), refresh);
    if (!refresh) {
      List<?> left = changes.affected(List.of(bundle));
      if (!left.isEmpty()) {
        session
            .getConsole()
            .println("Until bundle:refresh " + id + " the old content is used by " + left);
      }
    }
    return null;
  }

  private String source(Bundle bundle) {
    String said = bundle.getHeaders().get(Constants.BUNDLE_UPDATELOCATION);
    if (location != null) {
      return location.toString();
    }
    return said == null || raw ? bundle.getLocation() : said;
  }

  private static InputStream open(String url) throws IOException {
    return URI.create(url).toURL().openStream();
  }

  /** What the engine looks after goes its way. */
  private @Nullable Object deploy(String deployment) throws IOException {
    if (location == null) {
      throw new IllegalArgumentException(
          "It is the deployment " + deployment + ": name the URL of its new content");
    }
    byte[] content = new SourceLocation(location).read();
    DeployResult result =
        deployments.deploy(
            deployment, content, new DeployOptions(OptionalInt.empty(), false, force));
    if (!(result instanceof DeployResult.Live)) {
      throw new IllegalStateException(DeployWords.of(deployment, result));
    }
    session.getConsole().println(DeployWords.of(deployment, result));
    return null;
  }
}
