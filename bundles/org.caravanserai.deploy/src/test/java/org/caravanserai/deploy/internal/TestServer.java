package org.caravanserai.deploy.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.internal.compile.JavaCompiler;
import org.caravanserai.deploy.internal.engine.BundleTurn;
import org.caravanserai.deploy.internal.engine.DeployEngine;
import org.caravanserai.deploy.internal.install.BundleTarget;
import org.caravanserai.deploy.internal.install.WiredPackages;
import org.caravanserai.deploy.internal.store.RevisionStore;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A framework with a deploy engine in it, without the rest of the server. */
public final class TestServer implements AutoCloseable {

  private final Framework framework;
  private final WiredPackages packages;
  private final JavaCompiler compiler;
  private final RevisionStore store;
  private final DeployEngine engine;
  private final TestServices services = new TestServices();
  private final BundleTurn turn = new BundleTurn(Duration.ofSeconds(10));

  /** Starts one whose framework and store lie under that folder, and restores what was there. */
  public TestServer(Path data) {
    try {
      Map<String, String> configuration = new HashMap<>();
      configuration.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache").toString());
      configuration.put(
          Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
          "org.caravanserai.api;version=\"1.0.0\",org.slf4j;version=\"2.0.17\"");
      configuration.put("felix.resolver.parallelism", "1");
      framework = new FrameworkFactory().newFramework(configuration);
      framework.start();
      packages = new WiredPackages(framework.getBundleContext());
      compiler = new JavaCompiler(packages, 1 << 20, Duration.ofSeconds(30));
      store = RevisionStore.open(data.resolve("revisions"), 100);
      engine =
          new DeployEngine(
              new DeployEngine.Parts(
                  compiler,
                  new BundleTarget(framework.getBundleContext()),
                  services.registry(),
                  store,
                  turn,
                  packages::changes,
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(5)));
      engine.restore();
    } catch (BundleException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The engine. */
  public DeployEngine engine() {
    return engine;
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
    return engine.deploy(name, source.getBytes(StandardCharsets.UTF_8), OptionalInt.empty(), false);
  }

  /** Calls a service. */
  public String call(String service, String input) {
    return services.call(service, input);
  }

  /** The bundles of deployments. */
  public List<Bundle> bundles() {
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
