package org.caravanserai.management.internal;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.caravanserai.deploy.DeploymentChange;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.http.Health;
import org.caravanserai.management.HealthChange;
import org.caravanserai.management.ReadOnlyAnswer;
import org.caravanserai.security.ReadOnly;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the events of deployments, and whether the server is ready. */
@Component(service = EventSources.class, immediate = true)
public final class EventSources {

  private static final Logger LOG = LoggerFactory.getLogger(EventSources.class);
  private static final long LOOK_SECONDS = 1;

  private final Events events;
  private final Deployments deployments;
  private final Health health;
  private final ReadOnly readOnly;
  private final Consumer<DeploymentChange> follower = this::tell;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "serai-events");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> looking;
  private @Nullable HealthChange seen;

  /** Begins to tell. */
  @Activate
  public EventSources(
      @Reference Events events,
      @Reference Deployments deployments,
      @Reference Health health,
      @Reference ReadOnly readOnly) {
    this.readOnly = readOnly;
    this.events = events;
    this.deployments = deployments;
    this.health = health;
    deployments.follow(follower);
    looking = looks.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Tells nothing more. */
  @Deactivate
  public void close() {
    deployments.leave(follower);
    looking.cancel(true);
    looks.shutdownNow();
  }

  private void tell(DeploymentChange change) {
    int size = change.message().map(String::length).orElse(0);
    events.add(Event.DEPLOYMENT, change, size);
  }

  private void look() {
    try {
      boolean ready = health.ready();
      Map<String, String> reasons = health.reasons();
      HealthChange before = seen;
      HealthChange now =
          new HealthChange(Instant.now(), ready, reasons, ReadOnlyAnswer.of(readOnly));
      if (before == null
          || before.ready() != ready
          || !before.reasons().equals(reasons)
          || !before.readOnly().equals(now.readOnly())) {
        seen = now;
        events.add(Event.HEALTH, now, reasons.toString().length());
      }
    } catch (RuntimeException e) {
      // It would never look again.
      LOG.warn("Whether the server is ready can't be told: {}", e.toString());
    }
  }
}
