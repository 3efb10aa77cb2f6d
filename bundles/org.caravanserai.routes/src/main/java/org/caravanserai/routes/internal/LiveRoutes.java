package org.caravanserai.routes.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.caravanserai.camel.CamelContextInfo;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteDiagram;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;
import org.caravanserai.camel.RouteTracing;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.runtime.ServiceRevision;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of one revision in their context, from ready to gone. */
final class LiveRoutes implements LiveContent {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
  private static final long LOOK_MILLIS = 5;

  /** Even an end at once lets Camel stop what nobody uses in its own way. */
  private static final long LEAST_MILLIS = 1000;

  private static final long FIRST_RETRY_SECONDS = 2;
  private static final long LAST_RETRY_SECONDS = 60;

  private final DeployableType type;
  private final RouteContext context;
  private final Entrances entrances;
  private final HttpDoors doors;
  private final ContextKamelets kamelets;
  private final PullingRoutes pulling;
  private final List<String> ids;
  private final RouteThreads threads;
  private final FileRoutes files;

  /** Completes when nothing goes on that a pulling route of this or of one before began. */
  private final CompletableFuture<@Nullable Void> idle = new CompletableFuture<>();

  private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
  private CompletableFuture<@Nullable Void> before = CompletableFuture.completedFuture(null);
  private HttpDoors.@Nullable Wall wall;
  private boolean paused;
  private boolean stopping;

  LiveRoutes(
      DeployableType type,
      RouteContext context,
      Entrances entrances,
      HttpDoors doors,
      ContextKamelets kamelets,
      PullingRoutes pulling,
      List<String> ids,
      RouteThreads threads,
      FileRoutes files) {
    this.type = type;
    this.context = context;
    this.entrances = entrances;
    this.doors = doors;
    this.kamelets = kamelets;
    this.pulling = pulling;
    this.ids = List.copyOf(ids);
    this.threads = threads;
    this.files = files;
  }

  @Override
  public DeployableType type() {
    return type;
  }

  @Override
  public List<ServiceRevision> services() {
    return entrances.revisions();
  }

  @Override
  public List<String> parts() {
    return ids;
  }

  @Override
  public void start(@Nullable LiveContent replaced) {
    HttpDoors.Wall opened = doors.open(context.getName(), entrances.doors());
    files.entered(context.getName(), this);
    kamelets.live();
    LiveRoutes old = replaced instanceof LiveRoutes routes ? routes : null;
    synchronized (this) {
      wall = opened;
      if (old != null) {
        before = old.idle;
      }
    }
    // Aside, for a start may take as long as another system does.
    CompletableFuture<Void> unused =
        before.thenRunAsync(() -> pull(FIRST_RETRY_SECONDS), threads.pool());
  }

  private synchronized void pull(long retrySeconds) {
    if (!paused && !pulling.start()) {
      Future<?> unused =
          threads
              .clock()
              .schedule(
                  () -> pull(Math.min(LAST_RETRY_SECONDS, retrySeconds * 2)),
                  retrySeconds,
                  TimeUnit.SECONDS);
    }
  }

  @Override
  public synchronized void pause() {
    if (!paused) {
      paused = true;
      pulling.pause();
      if (before.isDone()) {
        look();
      } else {
        CompletableFuture<Void> unused = before.thenRunAsync(this::look, threads.clock());
      }
    }
  }

  /** What is known of its context. */
  CamelContextInfo contextInfo() {
    return CamelContextInfo.of(context);
  }

  /** Its routes. */
  List<RouteInfo> list() {
    return context.getRoutes().stream()
        .map(route -> RouteInfo.ofDeployment(context, route, context.getName()))
        .toList();
  }

  /** The route of that id. */
  Optional<RouteInfo> find(String id) {
    return Optional.ofNullable(context.getRoute(id))
        .map(route -> RouteInfo.ofDeployment(context, route, context.getName()));
  }

  /** What is inside the route of that id. */
  Optional<RouteDiagram> diagram(String id) {
    return Optional.ofNullable(context.getRoute(id))
        .map(
            route ->
                RouteDiagram.of(
                    context,
                    route,
                    RouteInfo.ofDeployment(context, route, context.getName()),
                    context::figures));
  }

  /** The tracing of the route of that id. */
  Optional<RouteTracing> tracing(String id) {
    RouteTraces traces = context.traces();
    Route route = context.getRoute(id);
    return traces == null || route == null
        ? Optional.empty()
        : Optional.of(traces.of(route.getId()));
  }

  /**
   * Does with a route what an operator wants; then it is not started by itself any more.
   *
   * @return the route afterwards; empty if there is none of that id
   * @throws RouteRefusedException if it would run beside that of another revision, or Camel can't
   */
  Optional<RouteInfo> run(String id, RouteAction action) throws RouteRefusedException {
    if (context.getRoute(id) == null) {
      return Optional.empty();
    }
    synchronized (this) {
      if (paused) {
        throw new RouteRefusedException("A new revision of the file takes its place now");
      }
      if (action.isOpening() && !before.isDone()) {
        throw new RouteRefusedException("What the revision before has begun is still ending");
      }
      pulling.leave(id);
      if (action.isOpening()) {
        action.run(context.getRouteController(), id);
      }
    }
    if (!action.isOpening()) {
      // Not under the lock: what is on its way may take its time, and a new revision must not wait.
      action.run(context.getRouteController(), id);
    }
    return find(id);
  }

  @Override
  public void withdraw() {
    files.left(context.getName(), this);
    HttpDoors.Wall opened;
    synchronized (this) {
      opened = wall;
      wall = null;
    }
    kamelets.gone();
    if (opened != null) {
      doors.close(context.getName(), opened);
    }
  }

  /** Looks again and again whether anything goes on. */
  private void look() {
    if (pulling.isIdle()) {
      idle.complete(null);
    } else {
      Future<?> unused = threads.clock().schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public CompletionStage<@Nullable Void> stop(Duration timeout) {
    synchronized (this) {
      if (stopping) {
        return gone;
      }
      stopping = true;
    }
    pause();
    try {
      threads.pool().execute(() -> stopNow(timeout));
    } catch (RejectedExecutionException e) {
      stopNow(timeout);
    }
    return gone;
  }

  private void stopNow(Duration timeout) {
    try {
      withdraw();
      context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
      context.getShutdownStrategy().setTimeout(Math.max(LEAST_MILLIS, timeout.toMillis()));
      context.stop();
    } catch (RuntimeException e) {
      LOG.error("The routes of {} could not be stopped", context.getName(), e);
    } finally {
      RouteTraces traces = context.traces();
      if (traces != null) {
        traces.forget();
      }
      idle.complete(null);
      gone.complete(null);
    }
  }

  /** Where what need not be waited for goes on. */
  record RouteThreads(ScheduledExecutorService clock, ExecutorService pool) {}
}
