package org.caravanserai.management.internal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.karaf.bundle.core.BundleInfo;
import org.apache.karaf.bundle.core.BundleService;
import org.apache.karaf.bundle.core.BundleState;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.BundleChanges;
import org.caravanserai.security.Operation;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The bundles of the framework: how they are wired, whom a change of one restarts. */
@Component(service = Resource.class)
public final class BundlesResource implements Resource {

  private static final String ALL = "/api/v1/bundles";
  private static final String ONE = ALL + "/{bundle}";
  private static final QueryParameter FORCE =
      QueryParameter.flag("force", "also if other bundles are restarted or lose it");

  private final BundleContext context;
  private final BundleService bundles;
  private final BundleChanges changes;
  private final Listing<Summary> listing =
      new Listing<Summary>(
              each -> Stream.of(each.name(), each.title(), each.version(), each.location()))
          .by("name", Summary::name)
          .by("state", Summary::state)
          .by("version", Summary::version)
          .by("deployment", each -> each.deployment().orElse(""))
          .by("isServer", each -> String.valueOf(each.isServer()))
          .sortedBy("id", Summary::id)
          .sortedBy("startLevel", Summary::startLevel);

  /** Made by the container. */
  @Activate
  public BundlesResource(
      BundleContext context, @Reference BundleService bundles, @Reference BundleChanges changes) {
    this.context = context;
    this.bundles = bundles;
    this.changes = changes;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                ALL,
                Operation.CONTAINER_READ,
                "the bundles, and why one does not run",
                exchange -> exchange.json(200, listing.page(list(), exchange.query())))
            .with(listing.parameters())
            .answers(200, new PageOf(Summary.class)),
        ApiOperation.of(
                "GET",
                ONE,
                Operation.CONTAINER_READ,
                "headers, wires both ways, OSGi services, and who is restarted with it",
                exchange -> exchange.json(200, details(bundle(exchange))))
            .answers(200, Details.class)
            .refuses(404),
        act("start", "starts it", List.of(), this::start),
        act("stop", "stops it, after the last call of its services", List.of(), this::stop),
        act("restart", "stops and starts it; calls of its services wait", List.of(), this::restart),
        act(
            "refresh",
            "wires it anew, and those wired to it; calls wait; 409 with affected",
            List.of(FORCE),
            this::refresh),
        ApiOperation.of(
                "DELETE",
                ONE,
                Operation.CONTAINER_WRITE,
                "uninstalls it; 409 while others are wired to it, or if it is a deployment's",
                this::uninstall)
            .with(List.of(FORCE))
            .answers(204, "", Map.of())
            .answers(409, ProblemDocument.CONTENT_TYPE, Refusals.Disturbing.class)
            .refuses(404));
  }

  private static ApiOperation act(
      String action, String summary, List<QueryParameter> query, ApiOperation.Handler handler) {
    return ApiOperation.of("POST", ONE + "/" + action, Operation.CONTAINER_WRITE, summary, handler)
        .with(query)
        .answers(200, Summary.class)
        .answers(409, ProblemDocument.CONTENT_TYPE, Refusals.Disturbing.class)
        .refuses(404);
  }

  private List<Summary> list() {
    return Arrays.stream(context.getBundles()).map(this::summary).toList();
  }

  private Bundle bundle(ApiExchange exchange) throws Problem {
    String id = exchange.parameter("bundle");
    Bundle found = id.matches("[0-9]{1,18}") ? context.getBundle(Long.parseLong(id)) : null;
    if (found == null) {
      throw new Problem(404, "There is no bundle " + id);
    }
    return found;
  }

  private Summary summary(Bundle bundle) {
    BundleInfo info = bundles.getInfo(bundle);
    return new Summary(
        bundle.getBundleId(),
        String.valueOf(bundle.getSymbolicName()),
        info.getName() == null ? "" : info.getName(),
        String.valueOf(bundle.getVersion()),
        info.getState().name().toLowerCase(Locale.ROOT),
        info.getStartLevel(),
        info.isFragment(),
        ServerBundles.has(bundles, bundle),
        String.valueOf(bundle.getLocation()),
        changes.deployment(bundle),
        problem(bundle, info));
  }

  /** Fragments never run; a bundle that somebody has stopped has no problem. */
  private Optional<String> problem(Bundle bundle, BundleInfo info) {
    if (info.getState() == BundleState.Active || info.isFragment()) {
      return Optional.empty();
    }
    List<String> missing =
        bundle.getState() == Bundle.INSTALLED
            ? bundles.getUnsatisfiedRequirements(bundle, null).stream()
                .map(BundlesResource::words)
                .toList()
            : List.of();
    return !missing.isEmpty()
        ? Optional.of("Nobody provides " + String.join(", ", missing))
        : Optional.ofNullable(bundles.getDiag(bundle))
            .map(String::strip)
            // A heading alone says that nothing is wrong.
            .filter(each -> each.contains("\n"));
  }

  private static String words(BundleRequirement requirement) {
    return requirement.getNamespace().replace("osgi.wiring.", "")
        + " "
        + Objects.toString(requirement.getDirectives().get("filter"), "");
  }

  private Details details(Bundle bundle) {
    Map<String, String> headers = new TreeMap<>();
    var found = bundle.getHeaders();
    for (String name : Collections.list(found.keys())) {
      headers.put(name, found.get(name));
    }
    return new Details(
        summary(bundle),
        Instant.ofEpochMilli(bundle.getLastModified()),
        headers,
        requires(bundle),
        provides(bundle),
        services(bundle.getRegisteredServices()),
        services(bundle.getServicesInUse()),
        changes.affected(List.of(bundle)));
  }

  private static List<Wire> requires(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring == null
        ? List.of()
        : wiring.getRequiredWires(null).stream()
            .map(each -> wire(each, each.getProvider().getBundle()))
            .distinct()
            .toList();
  }

  private static List<Wire> provides(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring == null
        ? List.of()
        : wiring.getProvidedWires(null).stream()
            .map(each -> wire(each, each.getRequirer().getBundle()))
            .distinct()
            .toList();
  }

  private static Wire wire(BundleWire wire, Bundle other) {
    BundleCapability capability = wire.getCapability();
    String namespace = capability.getNamespace();
    Object name = capability.getAttributes().get(namespace);
    Object version = capability.getAttributes().get("version");
    return new Wire(
        namespace,
        name == null ? "" : String.valueOf(name),
        version == null ? "" : String.valueOf(version),
        end(other));
  }

  private static End end(Bundle bundle) {
    return new End(
        bundle.getBundleId(),
        String.valueOf(bundle.getSymbolicName()),
        String.valueOf(bundle.getVersion()));
  }

  /** Of their properties those only which are no settings: these may hold passwords. */
  private static List<Service> services(ServiceReference<?> @Nullable [] found) {
    List<Service> services = new ArrayList<>();
    if (found != null) {
      for (ServiceReference<?> each : found) {
        Bundle provider = each.getBundle();
        if (provider != null && each.getProperty(Constants.SERVICE_ID) instanceof Long id) {
          services.add(
              new Service(
                  id,
                  each.getProperty(Constants.OBJECTCLASS) instanceof String[] types
                      ? List.of(types)
                      : List.of(),
                  end(provider),
                  Optional.ofNullable(each.getUsingBundles()).stream()
                      .flatMap(Arrays::stream)
                      .map(BundlesResource::end)
                      .toList()));
        }
      }
    }
    return services;
  }

  private Bundle changeable(ApiExchange exchange) throws Problem {
    Bundle bundle = bundle(exchange);
    if (ServerBundles.has(bundles, bundle)) {
      throw new Problem(
          409,
          "The server is made of %s: only the shell changes it"
              .formatted(bundle.getSymbolicName()));
    }
    return bundle;
  }

  private void start(ApiExchange exchange) throws IOException, Problem {
    act(exchange, changeable(exchange), Bundle::start);
  }

  private void stop(ApiExchange exchange) throws IOException, Problem {
    act(exchange, changeable(exchange), Bundle::stop);
  }

  private void restart(ApiExchange exchange) throws IOException, Problem {
    act(
        exchange,
        changeable(exchange),
        bundle -> {
          bundle.stop();
          bundle.start();
        });
  }

  private void refresh(ApiExchange exchange) throws IOException, Problem {
    Bundle bundle = changeable(exchange);
    List<AffectedBundle> affected = changes.affected(List.of(bundle));
    ServerBundles.protect(affected);
    if (!affected.isEmpty() && !exchange.query().flag("force")) {
      Refusals.disturbed(
          exchange,
          "Bundles are wired to it and would be restarted: ?force=true goes on",
          affected);
      return;
    }
    act(exchange, bundle, each -> changes.refresh(List.of(each)));
  }

  private void uninstall(ApiExchange exchange) throws IOException, Problem {
    Bundle bundle = changeable(exchange);
    Optional<String> deployment = changes.deployment(bundle);
    if (deployment.isPresent()) {
      throw new Problem(409, "It is the deployment %s: take that away".formatted(deployment.get()));
    }
    List<AffectedBundle> affected = changes.affected(List.of(bundle));
    ServerBundles.protect(affected);
    if (!affected.isEmpty() && !exchange.query().flag("force")) {
      Refusals.disturbed(
          exchange,
          "Bundles are wired to it, and lose it when they are refreshed or the server restarts:"
              + " ?force=true goes on",
          affected);
      return;
    }
    run(bundle, Bundle::uninstall);
    exchange.done();
  }

  private void act(ApiExchange exchange, Bundle bundle, Act act) throws IOException, Problem {
    run(bundle, act);
    exchange.json(200, summary(bundle));
  }

  private static void run(Bundle bundle, Act act) throws Problem {
    try {
      act.on(bundle);
    } catch (BundleException | IllegalStateException e) {
      throw new Problem(409, String.valueOf(e.getMessage()));
    }
  }

  /** A change of a bundle. */
  private interface Act {
    void on(Bundle bundle) throws BundleException;
  }

  /**
   * A bundle.
   *
   * @param id its id
   * @param name its symbolic name
   * @param title its name for people
   * @param version its version
   * @param state active, resolved, installed, starting, stopping, waiting, graceperiod, failure
   * @param startLevel its start level
   * @param isFragment whether it is a part of another one, and so never runs
   * @param isServer whether the server is made of it, so that it is not changed by this API
   * @param location where it came from
   * @param deployment the deployment whose bundle it is
   * @param problem why it does not run
   */
  private record Summary(
      long id,
      String name,
      String title,
      String version,
      String state,
      int startLevel,
      boolean isFragment,
      boolean isServer,
      String location,
      Optional<String> deployment,
      Optional<String> problem) {}

  /**
   * All about a bundle.
   *
   * @param bundle the bundle
   * @param changedAt when it was installed, updated, started or stopped last
   * @param headers the headers of its manifest
   * @param requires what it is wired to
   * @param provides who is wired to it
   * @param registers the OSGi services that it has registered
   * @param uses the OSGi services that it uses
   * @param affected the bundles that a refresh of it restarts
   */
  private record Details(
      Summary bundle,
      Instant changedAt,
      Map<String, String> headers,
      List<Wire> requires,
      List<Wire> provides,
      List<Service> registers,
      List<Service> uses,
      List<AffectedBundle> affected) {}

  /**
   * A wire.
   *
   * @param namespace what it is about, such as {@code osgi.wiring.package}
   * @param name the name of the package, bundle or other capability; empty if it has none
   * @param version its version; empty if it has none
   * @param bundle the other end
   */
  private record Wire(String namespace, String name, String version, End bundle) {}

  /** A bundle at the other end. */
  private record End(long id, String name, String version) {}

  /**
   * An OSGi service.
   *
   * @param id its id
   * @param types its types
   * @param bundle who has registered it
   * @param users who uses it
   */
  private record Service(long id, List<String> types, End bundle, List<End> users) {}
}
