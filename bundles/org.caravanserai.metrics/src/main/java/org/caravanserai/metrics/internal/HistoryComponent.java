package org.caravanserai.metrics.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.caravanserai.metrics.History;
import org.caravanserai.metrics.Metrics;
import org.caravanserai.metrics.NumberSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all sources for their numbers, again and again. */
@Component(service = History.class, immediate = true, configurationPid = "org.caravanserai.metrics")
@Designate(ocd = HistorySettings.class)
public final class HistoryComponent implements History {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryComponent.class);
  private static final double NANOS = 1e9;

  private final Limits limits;
  private final NumberMemory memory;
  private final List<NumberSource> sources = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "serai-history");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> looking;
  private long lookedAt = System.nanoTime();

  /** Begins to ask. */
  @Activate
  public HistoryComponent(HistorySettings settings, @Reference Metrics metrics) {
    limits =
        new Limits(
            Math.max(1, settings.history__interval()),
            Math.max(1, settings.history__moments()),
            Math.max(0, settings.history__services()));
    memory = new NumberMemory(limits.moments(), limits.subjects());
    sources.add(new JvmNumbers());
    sources.add(new MeteredNumbers(metrics.registry()));
    looking =
        clock.scheduleWithFixedDelay(
            this::look, limits.intervalSeconds(), limits.intervalSeconds(), TimeUnit.SECONDS);
  }

  /** Asks no more. */
  @Deactivate
  public void close() {
    looking.cancel(true);
    clock.shutdownNow();
  }

  /** A source is there. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSource(NumberSource source) {
    sources.add(source);
  }

  /** A source is gone. */
  void unbindSource(NumberSource source) {
    sources.remove(source);
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public Optional<Span> read(String subject, Instant from, int stepSeconds) {
    return memory.read(subject, from.toEpochMilli(), stepSeconds);
  }

  /** Takes down the numbers of this moment. */
  void look() {
    long now = System.nanoTime();
    memory.begin(System.currentTimeMillis(), Math.max(1e-3, (now - lookedAt) / NANOS));
    lookedAt = now;
    for (NumberSource source : sources) {
      try {
        source.tell(memory);
      } catch (RuntimeException e) {
        // It would never look again.
        LOG.warn("Numbers are missing: {}", e.toString());
      }
    }
    memory.end();
  }
}
