package org.caravanserai.deploy.internal;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.caravanserai.connect.ConnectFramework;
import org.caravanserai.deploy.BundleChanges;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.internal.bundle.BundleDeployments;
import org.caravanserai.deploy.internal.bundle.BundlePlaces;
import org.caravanserai.deploy.internal.bundle.BundleServices;
import org.caravanserai.deploy.internal.bundle.HeldChanges;
import org.caravanserai.deploy.internal.compile.DeploymentCompiler;
import org.caravanserai.deploy.internal.compile.JavaCompiler;
import org.caravanserai.deploy.internal.dependency.MavenLibraries;
import org.caravanserai.deploy.internal.dependency.PrivateJars;
import org.caravanserai.deploy.internal.engine.DeployEngine;
import org.caravanserai.deploy.internal.install.BundleTurn;
import org.caravanserai.deploy.internal.install.Targets;
import org.caravanserai.deploy.internal.install.WiredPackages;
import org.caravanserai.deploy.internal.library.Libraries;
import org.caravanserai.deploy.internal.store.RevisionStore;
import org.caravanserai.spi.ArtifactResolver;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A framework with a deploy engine in it, without the rest of the server. */
public final class TestServer implements AutoCloseable {

  private final Framework framework;
  private static final long MAX_LIBRARY_SIZE = 1 << 20;

  private final Libraries libraries;
  private final WiredPackages packages;
  private final DeploymentCompiler compiler;
  private final RevisionStore store;
  private final DeployEngine engine;
  private final BundleChanges changes;
  private final TestServices services = new TestServices();
  private volatile @Nullable ArtifactResolver artifacts;
  private final BundleTurn turn = new BundleTurn(Duration.ofSeconds(10));

  /** How revisions are installed. */
  public enum Target {
    /** By a class loader first, as in our distribution. */
    TWO_STEPS,
    /** As ordinary bundles, as in other frameworks. */
    BUNDLES
  }

  /** Starts one whose framework and store lie under that folder, and restores what was there. */
  public TestServer(Path data, Target target) {
    try {
      Map<String, String> configuration = new HashMap<>();
      configuration.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache").toString());
      configuration.put(
          Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
          "org.caravanserai.api;version=\"1.0.0\";uses:=\"org.slf4j\",org.slf4j;version=\"2.0.17\"");
      configuration.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
      configuration.put("felix.resolver.parallelism", "1");
      framework = factory(target).newFramework(configuration);
      framework.start();
      libraries =
          new Libraries(
              framework.getBundleContext(), turn, data.resolve("libraries"), MAX_LIBRARY_SIZE);
      PrivateJars jars = new PrivateJars(data.resolve("libraries/private"));
      packages = new WiredPackages(framework.getBundleContext(), libraries);
      compiler =
          new DeploymentCompiler(
              new JavaCompiler(Duration.ofSeconds(30)),
              packages,
              1 << 20,
              new MavenLibraries(jars, () -> Optional.ofNullable(artifacts)));
      store = RevisionStore.open(data.resolve("revisions"), 100);
      BundleContext context = framework.getBundleContext();
      Duration change = Duration.ofSeconds(5);
      BundleServices inBundles =
          new BundleServices(context, services.registry(), Duration.ofSeconds(5), change);
      BundlePlaces places = new BundlePlaces(context, inBundles, services.registry(), turn, change);
      changes = new HeldChanges(places);
      engine =
          new DeployEngine(
              new DeployEngine.Parts(
                  compiler,
                  Targets.of(framework.getBundleContext(), packages, turn, jars),
                  services.registry(),
                  store,
                  packages::changes,
                  libraries,
                  inBundles,
                  new BundleDeployments(places),
                  change,
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(5)));
      engine.restore();
    } catch (BundleException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FrameworkFactory factory(Target target) {
    return target == Target.TWO_STEPS
        ? new ConnectFramework()
        : new org.apache.felix.framework.FrameworkFactory();
  }

  /** What asks Maven repositories from now on. */
  public void artifacts(ArtifactResolver resolver) {
    artifacts = resolver;
  }

  /** The engine. */
  public DeployEngine engine() {
    return engine;
  }

  /** Changes of bundles by hand. */
  public BundleChanges changes() {
    return changes;
  }

  /** The shared libraries. */
  public Libraries libraries() {
    return libraries;
  }

  /** The compiler. */
  public DeploymentCompiler compiler() {
    return compiler;
  }

  /** The services. */
  public TestServices services() {
    return services;
  }

  /** The framework. */
  public Framework framework() {
    return framework;
  }

  /** Whose turn it is. */
  public BundleTurn turn() {
    return turn;
  }

  /** Deploys a source. */
  public DeployResult deploy(String name, String source) {
    return engine.deploy(name, source.getBytes(StandardCharsets.UTF_8), DeployOptions.USUAL);
  }

  /** Calls a service. */
  public String call(String service, String input) {
    return services.call(service, input);
  }

  /** The bundles of deployments, once everything that is served has one. */
  public List<Bundle> bundles() {
    await()
        .until(
            () ->
                engine.list().stream()
                    .filter(each -> each.status().equals("live"))
                    .allMatch(each -> each.bundle().isPresent()));
    return Arrays.stream(framework.getBundleContext().getBundles())
        .filter(each -> each.getLocation().startsWith("serai:"))
        .toList();
  }

  /** A source of a service of that name which answers with that text and its input. */
  public static String source(String service, String answer) {
    return """
        import org.caravanserai.api.*;
        @ServiceName("%s")
        public class Answer implements Service<String, String> {
          @Override public String handle(String input, Context context) { return "%s " + input; }
        }
        """
        .formatted(service, answer);
  }

  /** Stops the engine, then the framework. */
  @Override
  public void close() {
    engine.close();
    stopFramework();
  }

  /** Stops the framework under the engine, as the end of the server does. */
  public void stopFramework() {
    try {
      compiler.close();
      store.close();
      framework.stop();
      framework.waitForStop(TimeUnit.SECONDS.toMillis(10));
      services.close();
    } catch (BundleException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
