package org.caravanserai.routes.internal;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.caravanserai.api.Channel;
import org.caravanserai.camel.internal.CamelContextsService;
import org.caravanserai.camel.internal.ConnectionProducers;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.internal.bundle.BundleDeployments;
import org.caravanserai.deploy.internal.bundle.BundlePlaces;
import org.caravanserai.deploy.internal.bundle.BundleServices;
import org.caravanserai.deploy.internal.compile.DeploymentCompiler;
import org.caravanserai.deploy.internal.compile.JavaCompiler;
import org.caravanserai.deploy.internal.dependency.PrivateJars;
import org.caravanserai.deploy.internal.engine.DeployEngine;
import org.caravanserai.deploy.internal.install.BundleTurn;
import org.caravanserai.deploy.internal.install.Targets;
import org.caravanserai.deploy.internal.install.WiredPackages;
import org.caravanserai.deploy.internal.library.Libraries;
import org.caravanserai.deploy.internal.store.RevisionStore;
import org.caravanserai.http.internal.HealthService;
import org.caravanserai.http.internal.HttpSettings;
import org.caravanserai.http.internal.TrafficRoutesService;
import org.caravanserai.http.internal.TrafficServer;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.internal.LiveCallPool;
import org.caravanserai.runtime.internal.LiveInvoker;
import org.caravanserai.runtime.internal.LiveRegistry;
import org.caravanserai.runtime.internal.Parts;
import org.caravanserai.runtime.internal.RuntimeSettings;
import org.caravanserai.security.internal.certificate.CertificatePlaces;
import org.caravanserai.security.internal.definition.Handles;
import org.caravanserai.security.internal.limit.QuotaTiers;
import org.caravanserai.spi.WatchedFileType;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A framework with a deploy engine that takes routes. */
final class RoutesServer implements AutoCloseable {

  private static final String CAMEL =
      List.of(
              "",
              ".builder",
              ".model",
              ".model.language",
              ".spi",
              ".support",
              ".support.builder",
              ".processor")
          .stream()
          .map(name -> "org.apache.camel" + name + ";version=\"4.14.1\"")
          .reduce(
              "org.caravanserai.api;version=\"1.0.0\",org.slf4j;version=\"2.0.17\"",
              (a, b) -> a + "," + b);

  final LiveRegistry registry;
  final LiveInvoker invoker;
  final LiveCallPool pool;
  final DeployEngine engine;
  final RouteFiles files;
  final FileRoutes routes = new FileRoutes();
  final TrafficRoutesService traffic;
  private final Handles definitions = new Handles();
  private final HttpClient client = HttpClient.newHttpClient();
  private final TrafficServer http;
  private final Framework framework;
  private final DeploymentCompiler compiler;
  private final RevisionStore store;
  private final CamelContextsService contexts;

  RoutesServer(Path data) {
    this(data, Map.of());
  }

  /** Starts one with what lies under that folder. */
  RoutesServer(Path data, Map<String, Object> properties) {
    try {
      Map<String, String> configuration = new HashMap<>();
      configuration.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache").toString());
      configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, CAMEL);
      framework = new FrameworkFactory().newFramework(configuration);
      framework.start();
      RuntimeSettings settings = settings(RuntimeSettings.class);
      registry = new LiveRegistry(settings);
      pool = new LiveCallPool(settings);
      invoker = new LiveInvoker(settings, registry, pool);
      BundleTurn turn = new BundleTurn(Duration.ofSeconds(10));
      Libraries libraries =
          new Libraries(framework.getBundleContext(), turn, data.resolve("libraries"), 1 << 20);
      WiredPackages packages = new WiredPackages(framework.getBundleContext(), libraries);
      compiler =
          new DeploymentCompiler(new JavaCompiler(Duration.ofSeconds(30)), packages, 1 << 20);
      store = RevisionStore.open(data.resolve("revisions"), 100);
      Duration time = Duration.ofSeconds(5);
      BundleServices services =
          new BundleServices(framework.getBundleContext(), registry, time, time);
      engine =
          new DeployEngine(
              new DeployEngine.Parts(
                  compiler,
                  Targets.of(
                      framework.getBundleContext(),
                      packages,
                      turn,
                      new PrivateJars(data.resolve("private"))),
                  registry,
                  store,
                  packages::changes,
                  libraries,
                  services,
                  new BundleDeployments(
                      new BundlePlaces(
                          framework.getBundleContext(), services, registry, turn, time)),
                  time,
                  Duration.ofSeconds(10),
                  time));
      engine.restore();
      contexts =
          new CamelContextsService(
              framework.getBundleContext(), registry, invoker, new ConnectionProducers());
      HttpSettings httpSettings =
          settings(
              HttpSettings.class,
              Map.of("port", 0, "required__checks", new String[0], "stop__delay", 0));
      MetricsComponent metrics = new MetricsComponent();
      traffic = new TrafficRoutesService(metrics);
      http =
          new TrafficServer(
              framework.getBundleContext(),
              httpSettings,
              traffic,
              new HealthService(httpSettings),
              metrics,
              new CertificatePlaces(metrics));
      files =
          new RouteFiles(
              framework.getBundleContext(),
              settings(
                  RouteSettings.class, Map.of("max__request__size", 1000, "data", data.toString())),
              properties,
              contexts,
              registry,
              invoker,
              pool,
              traffic,
              definitions,
              new QuotaTiers(),
              routes);
      new Parts(invoker).bindSource(new RouteClients(registry, invoker));
      engine.add(files);
      framework.getBundleContext().registerService(Deployments.class, deployments(), null);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The engine as others than its component see it; only what is asked for here. */
  private Deployments deployments() {
    return (Deployments)
        Proxy.newProxyInstance(
            RoutesServer.class.getClassLoader(),
            new Class<?>[] {Deployments.class},
            (proxy, method, arguments) ->
                method.getName().equals("redeploy")
                    ? engine.redeploy((String) arguments[0])
                    : System.identityHashCode(proxy));
  }

  static <T> T settings(Class<T> type) {
    return settings(type, Map.of());
  }

  private static <T> T settings(Class<T> type, Map<String, Object> changed) {
    return type.cast(
        Proxy.newProxyInstance(
            RoutesServer.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                changed.getOrDefault(method.getName(), method.getDefaultValue())));
  }

  /** A request to the traffic listener, to be completed. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path));
  }

  /** Sends it. */
  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String contentType, String body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Who takes Kamelets. */
  WatchedFileType kamelets() {
    BundleContext context = framework.getBundleContext();
    return context.getService(context.getServiceReference(WatchedFileType.class));
  }

  DeployResult deploy(String name, String source) {
    return engine.deploy(name, source.getBytes(StandardCharsets.UTF_8), DeployOptions.USUAL);
  }

  /** Deploys what must go live. */
  Live live(String name, String source) {
    DeployResult result = deploy(name, source);
    if (result instanceof Live live) {
      return live;
    }
    throw new AssertionError(result.toString());
  }

  /** Deploys what must be refused. */
  Rejected rejected(String name, String source) {
    DeployResult result = deploy(name, source);
    if (result instanceof Rejected rejected) {
      return rejected;
    }
    throw new AssertionError(result.toString());
  }

  /** Calls a service with an object and waits for its output, as a text. */
  String call(String service, Object input) {
    try (Reply reply = reply(service, new Payload.Value(input))) {
      if (reply.failure() != null) {
        throw reply.failure();
      }
      return reply.as(String.class);
    }
  }

  Reply reply(String service, Payload payload) {
    CompletableFuture<Reply> done = new CompletableFuture<>();
    invoker.invoke(
        registry.slot(service),
        new Call("cid-1", new Channel("test", "test", Optional.empty()), payload, null),
        done::complete);
    try {
      return done.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }

  @Override
  public void close() {
    try {
      http.stop();
      engine.close();
      files.close();
      contexts.stop();
      compiler.close();
      store.close();
      pool.deactivate();
      registry.deactivate();
      framework.stop();
      framework.waitForStop(10_000);
    } catch (BundleException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
