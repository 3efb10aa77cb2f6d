package org.caravanserai.routes.internal;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of a context that begin something by themselves, or listen where only one may: timers,
 * files, queues. Those of two revisions never run at the same time.
 */
final class PullingRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(PullingRoutes.class);

  private final RouteContext context;

  private final List<String> all;

  /** Those which start by themselves, in the order in which they start. */
  private final List<String> ids;

  /** Those which have been started, or which an operator starts and stops. */
  private final List<String> started = new ArrayList<>();

  /**
   * Routes that have not been started.
   *
   * @param all their ids
   * @param ids those which are to start by themselves
   */
  PullingRoutes(RouteContext context, List<String> all, List<String> ids) {
    this.context = context;
    this.all = List.copyOf(all);
    this.ids = List.copyOf(ids);
  }

  /**
   * Starts those which have not been started.
   *
   * @return whether all run now
   */
  boolean start() {
    boolean all = true;
    for (String id : ids) {
      if (!started.contains(id)) {
        try {
          context.getRouteController().startRoute(id);
          started.add(id);
        } catch (Exception e) {
          all = false;
          LOG.error("Route {} can't start, trying again: {}", id, rootMessage(e));
          LOG.debug("{}", id, e);
        }
      }
    }
    return all;
  }

  /** Leaves a route to an operator: it is not tried any more. */
  void leave(String id) {
    if (!started.contains(id)) {
      started.add(id);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  /** Lets them begin nothing more; what has begun goes on. */
  void pause() {
    for (String id : all) {
      Route route = context.getRoute(id);
      ServiceStatus status = context.getRouteController().getRouteStatus(id);
      if (route != null && status != null && status.isStarted()) {
        pause(id, route.getConsumer());
      }
    }
  }

  private static void pause(String id, Consumer consumer) {
    try {
      if (consumer instanceof ScheduledPollConsumer polling) {
        PausedPolls.of(polling);
      }
      if (consumer instanceof Suspendable) {
        ServiceHelper.suspendService(consumer);
      } else {
        ServiceHelper.stopService(consumer);
      }
    } catch (RuntimeException e) {
      LOG.warn("Route {} can't be paused: {}", id, e.getMessage(), e);
    }
  }

  /** Whether nothing is going on that one of them began. */
  boolean isIdle() {
    InflightRepository inflight = context.getInflightRepository();
    for (String id : all) {
      Route route = context.getRoute(id);
      if (inflight.size(id) > 0
          || (route != null
              && route.getConsumer() instanceof ScheduledPollConsumer polling
              && polling.isPolling())) {
        return false;
      }
    }
    return true;
  }
}
