package org.caravanserai.routes.internal;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.RoutesBuilder;
import org.caravanserai.camel.CamelContexts;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.ContentRefusedException.Stage;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.routes.internal.LiveRoutes.RouteThreads;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.security.RateLimits;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.spi.ConnectionSource;
import org.caravanserai.spi.ReadinessCheck;
import org.caravanserai.spi.UserConfiguration;
import org.caravanserai.spi.WatchedFileType;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Camel routes as deployments: in YAML, in XML, or as {@code RouteBuilder}s in Java. */
@Component(
    service = {DeployableType.class, ReadinessCheck.class},
    configurationPid = "org.caravanserai.routes")
@Designate(ocd = RouteSettings.class)
public final class RouteFiles implements DeployableType, ReadinessCheck {

  private final int prepareSeconds;
  private final UserProperties user;
  private final RouteMaker maker;
  private final ExecutorService aside = Executors.newCachedThreadPool(task -> thread(task, ""));
  private final RouteThreads threads;
  private final List<ServiceRegistration<?>> registrations;

  /** Takes files from now on. */
  @Activate
  public RouteFiles(
      BundleContext bundle,
      RouteSettings settings,
      Map<String, Object> properties,
      @Reference CamelContexts contexts,
      @Reference ServiceRegistry registry,
      @Reference Invoker invoker,
      @Reference CallPool pool,
      @Reference TrafficRoutes traffic,
      @Reference SecurityDefinitions security,
      @Reference RateLimits rates,
      @Reference FileRoutes files) {
    prepareSeconds = settings.prepare__timeout();
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(task -> thread(task, "-clock"));
    threads = new RouteThreads(clock, aside);
    HttpDoors doors =
        new HttpDoors(
            traffic,
            pool,
            invoker,
            registry,
            security,
            rates,
            Duration.ofSeconds(settings.request__timeout()),
            settings.max__request__size());
    user = new UserProperties(properties);
    TraceLimits traces =
        settings.statistics()
            ? new TraceLimits(
                settings.trace__messages(),
                settings.trace__time(),
                settings.trace__body__size(),
                settings.trace__size())
            : null;
    Kamelets kamelets = new Kamelets(folder(settings, bundle), name -> redeploy(bundle, name));
    maker = new RouteMaker(this, contexts, registry, user, doors, kamelets, threads, files, traces);
    // No components: the invoker and the engine, which take them, must be there first.
    registrations =
        List.of(
            bundle.registerService(
                ConnectionSource.class, new RouteClients(registry, invoker), null),
            bundle.registerService(WatchedFileType.class, kamelets, null));
  }

  private static Path folder(RouteSettings settings, BundleContext bundle) {
    Path data =
        settings.data().isEmpty() ? bundle.getDataFile("").toPath() : Path.of(settings.data());
    return data.resolve("kamelets");
  }

  private static Optional<DeployResult> redeploy(BundleContext bundle, String deployment) {
    ServiceReference<Deployments> reference = bundle.getServiceReference(Deployments.class);
    Deployments deployments = reference == null ? null : bundle.getService(reference);
    return Optional.ofNullable(deployments).map(engine -> engine.redeploy(deployment));
  }

  private static Thread thread(Runnable task, String what) {
    Thread made = new Thread(task, "serai-routes" + what);
    made.setDaemon(true);
    return made;
  }

  /** The user configuration files have come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindUserConfiguration(UserConfiguration arrived) {
    user.bind(arrived);
  }

  /** They go. */
  void unbindUserConfiguration(UserConfiguration gone) {
    user.unbind(gone);
  }

  /** Takes other properties, for what is deployed from now on; live routes go on undisturbed. */
  @Modified
  void modified(Map<String, Object> properties) {
    user.take(properties);
  }

  /** Lets go of its threads; the engine has taken all routes away. */
  @Deactivate
  public void close() {
    registrations.forEach(ServiceRegistration::unregister);
    aside.shutdown();
    threads.clock().shutdown();
  }

  @Override
  public String name() {
    return "routes";
  }

  @Override
  public Optional<String> reason() {
    return Optional.empty();
  }

  @Override
  public List<String> suffixes() {
    return RouteSyntax.suffixes();
  }

  @Override
  public Optional<String> suffixOf(byte[] content) {
    return RouteSyntax.of(content).map(RouteSyntax::suffix);
  }

  @Override
  public boolean takes(Class<?> type) {
    return RoutesBuilder.class.isAssignableFrom(type)
        && Modifier.isPublic(type.getModifiers())
        && !Modifier.isAbstract(type.getModifiers());
  }

  @Override
  public String wanted() {
    return "extends org.apache.camel.builder.RouteBuilder";
  }

  @Override
  public LiveContent prepare(DeployableContent content) throws ContentRefusedException {
    RouteRefusal refusal = new RouteRefusal(content);
    AtomicBoolean tooLate = new AtomicBoolean();
    // What a file says may take for ever, and all deployments wait for this one.
    Future<LiveRoutes> made =
        aside.submit(
            () -> {
              LiveRoutes live = maker.make(content);
              if (tooLate.get()) {
                live.stop(Duration.ZERO);
              }
              return live;
            });
    try {
      return made.get(prepareSeconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      tooLate.set(true);
      made.cancel(true);
      throw refusal.at(
          Stage.CONSTRUCT, "", "the routes were not ready within " + prepareSeconds + " s");
    } catch (InterruptedException e) {
      made.cancel(true);
      Thread.currentThread().interrupt();
      throw refusal.at(Stage.CONSTRUCT, "", "the server stops");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ContentRefusedException refused) {
        throw refused;
      }
      throw refusal.unusable(e.getCause() == null ? e : e.getCause());
    }
  }
}
