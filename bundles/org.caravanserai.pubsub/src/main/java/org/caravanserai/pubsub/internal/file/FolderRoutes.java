package org.caravanserai.pubsub.internal.file;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.camel.ManagementStatisticsLevel;
import org.apache.camel.Route;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.caravanserai.camel.CamelContextInfo;
import org.caravanserai.camel.CamelContexts;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteDiagram;
import org.caravanserai.camel.RouteGroup;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;
import org.caravanserai.pubsub.internal.Publisher;
import org.caravanserai.pubsub.internal.push.Pushes;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.spi.Lease;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Camel routes of folders, one each, in the Camel context {@code serai-pubsub}. */
@Component(service = {FolderRoutes.class, RouteGroup.class})
public final class FolderRoutes implements RouteGroup {

  private static final Logger LOG = LoggerFactory.getLogger(FolderRoutes.class);
  private static final String NAME = "serai-pubsub";
  private static final long SHUTDOWN_SECONDS = 10;

  private final CamelContexts contexts;
  private final Publisher publisher;
  private final Invoker invoker;
  private final Executor executor;
  private final Lease lease;
  private final Map<String, Turn> turns = new ConcurrentHashMap<>();
  private volatile @Nullable DefaultCamelContext context;

  /** There are none yet, and no Camel context. */
  @Activate
  public FolderRoutes(
      @Reference CamelContexts contexts,
      @Reference Publisher publisher,
      @Reference Invoker invoker,
      @Reference Pushes pushes,
      @Reference Lease lease) {
    this.contexts = contexts;
    this.publisher = publisher;
    this.invoker = invoker;
    this.executor = pushes.disk();
    this.lease = lease;
  }

  /**
   * Begins to publish the files of a folder.
   *
   * @throws Exception if Camel can't
   */
  synchronized void open(PubSubFolder folder) throws Exception {
    DefaultCamelContext camel = camel();
    String id = id(folder.name());
    FileEndpoint endpoint = (FileEndpoint) camel.getEndpoint(uri(folder));
    // What a URI makes of some names is not what they are.
    endpoint.setFile(new File(folder.directory()));
    FolderComplaints complaints = new FolderComplaints(id);
    Turn turn = new Turn(lease, id, folder.runOn());
    FolderPolls polls = new FolderPolls(folder, publisher, complaints, turn);
    endpoint.setExceptionHandler(complaints);
    endpoint.setPollStrategy(polls);
    endpoint.setFilter(polls);
    turns.put(id, turn);
    try {
      camel.addRoutes(
          new RouteBuilder(camel) {
            @Override
            public void configure() {
              from(endpoint)
                  .routeId(id)
                  .errorHandler(noErrorHandler())
                  .process(new FilePublication(folder, publisher, invoker, executor, turn));
            }
          });
    } catch (Exception e) {
      turns.remove(id);
      turn.close();
      throw e;
    }
  }

  /** Ends it, after the files that are on their way. */
  synchronized void close(String name) {
    DefaultCamelContext camel = context;
    String id = id(name);
    Turn turn = turns.remove(id);
    if (camel == null || turn == null) {
      return;
    }
    try (turn) {
      Route route = camel.getRoute(id);
      camel.getRouteController().stopRoute(id);
      camel.removeRoute(id);
      if (route != null) {
        camel.removeEndpoint(route.getEndpoint());
      }
    } catch (Exception e) {
      LOG.error("Route {} could not be removed: {}", id, e.getMessage(), e);
    }
  }

  private static String id(String name) {
    return FolderKind.NAME + "/" + name;
  }

  private DefaultCamelContext camel() {
    DefaultCamelContext known = context;
    if (known != null) {
      return known;
    }
    DefaultCamelContext made = new DefaultCamelContext(false);
    made.getCamelContextExtension().setName(NAME);
    made.setManagementName(NAME);
    made.setStartupSummaryLevel(StartupSummaryLevel.Off);
    made.setMessageHistory(false);
    made.setUseMDCLogging(false);
    made.setLoadHealthChecks(false);
    made.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
    made.getShutdownStrategy().setShutdownNowOnTimeout(true);
    contexts.equip(made, null, FolderRoutes::refuse);
    made.build();
    ManagementAgent agent = made.getManagementStrategy().getManagementAgent();
    if (agent != null) {
      agent.setStatisticsLevel(ManagementStatisticsLevel.RoutesOnly);
      agent.setLoadStatisticsEnabled(false);
      agent.setOnlyRegisterProcessorWithCustomId(true);
    }
    made.start();
    context = made;
    return made;
  }

  private static void refuse(String service, Object entrance) {
    throw new IllegalArgumentException(service + " can't start a route here");
  }

  /** The endpoint of a folder, as Camel's file component has it. */
  static String uri(PubSubFolder folder) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("antInclude", folder.pattern());
    if (folder.delete()) {
      options.put("delete", "true");
    } else {
      options.put("move", folder.moveTo());
    }
    options.put("delay", Long.toString(folder.pollInterval().toMillis()));
    options.put("initialDelay", "0");
    options.put("maxMessagesPerPoll", Integer.toString(folder.maxFiles()));
    options.put("readLock", "changed");
    options.put("readLockMarkerFile", "false");
    options.put("readLockMinAge", Long.toString(folder.minAge().toMillis()));
    options.put("readLockTimeout", "0");
    options.put("readLockLoggingLevel", "DEBUG");
    StringBuilder uri = new StringBuilder("file:").append(encoded(folder.directory())).append('?');
    options.forEach((name, value) -> uri.append(name).append("=RAW(").append(value).append(")&"));
    return uri.substring(0, uri.length() - 1);
  }

  /** A path whose characters mean nothing in a URI. */
  private static String encoded(String path) {
    StringBuilder text = new StringBuilder();
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xff);
      boolean isPlain =
          letter < 128 && (Character.isLetterOrDigit(letter) || "/._-~".indexOf(letter) >= 0);
      text.append(isPlain ? String.valueOf(letter) : "%%%02X".formatted((int) letter));
    }
    return text.toString();
  }

  @Override
  public List<RouteInfo> list() {
    return turns.keySet().stream().sorted().flatMap(id -> find(id).stream()).toList();
  }

  @Override
  public List<CamelContextInfo> contexts() {
    DefaultCamelContext camel = context;
    return camel == null ? List.of() : List.of(CamelContextInfo.of(camel));
  }

  @Override
  public Optional<RouteInfo> find(String id) {
    DefaultCamelContext camel = context;
    return camel == null || !turns.containsKey(id)
        ? Optional.empty()
        : Optional.ofNullable(camel.getRoute(id))
            .map(route -> RouteInfo.ofChannel(camel, route, id));
  }

  @Override
  public Optional<RouteInfo> run(String id, RouteAction action) throws RouteRefusedException {
    DefaultCamelContext camel = context;
    if (camel == null || !turns.containsKey(id)) {
      return Optional.empty();
    }
    action.run(camel.getRouteController(), id);
    return find(id);
  }

  @Override
  public Optional<RouteDiagram> diagram(String id) {
    DefaultCamelContext camel = context;
    return camel == null || !turns.containsKey(id)
        ? Optional.empty()
        : Optional.ofNullable(camel.getRoute(id))
            .map(route -> RouteDiagram.of(camel, route, RouteInfo.ofChannel(camel, route, id)));
  }

  /** Ends all of them. */
  @Deactivate
  public synchronized void stop() {
    DefaultCamelContext camel = context;
    if (camel != null) {
      camel.stop();
    }
    turns.values().forEach(Turn::close);
  }
}
