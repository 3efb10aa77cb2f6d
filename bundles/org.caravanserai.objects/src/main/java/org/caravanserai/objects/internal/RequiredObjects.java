package org.caravanserai.objects.internal;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.Ping;
import org.caravanserai.objects.internal.kind.ObjectKey;

/**
 * The objects without which the server is not ready: they must be in operation, and the systems
 * behind those that are connections must answer.
 */
final class RequiredObjects implements AutoCloseable {

  private static final int THREADS = 4;
  private static final long IDLE_SECONDS = 30;

  private final Pings pings;
  private final Duration interval;
  private final ScheduledThreadPoolExecutor clock;
  private final Map<ObjectKey, Future<?>> watched = new ConcurrentHashMap<>();
  private final Map<ObjectKey, Ping> answers = new ConcurrentHashMap<>();
  private volatile List<ObjectInfo> required = List.of();

  /**
   * None yet.
   *
   * @param interval how long after one ping the next one follows
   */
  RequiredObjects(Pings pings, Duration interval) {
    this.pings = pings;
    this.interval = interval;
    clock =
        new ScheduledThreadPoolExecutor(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "serai-required");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
  }

  /** From now on it is these; for one thread at a time. */
  void become(List<ObjectInfo> objects) {
    Set<ObjectKey> open = new HashSet<>();
    for (ObjectInfo each : objects) {
      if (each.state() == ObjectInfo.State.OPEN) {
        open.add(key(each));
      }
    }
    for (ObjectKey key : open) {
      watched.computeIfAbsent(key, this::watch);
    }
    for (ObjectKey key : Set.copyOf(watched.keySet())) {
      Future<?> pinging = open.contains(key) ? null : watched.remove(key);
      if (pinging != null) {
        pinging.cancel(false);
      }
    }
    answers.keySet().retainAll(open);
    required = List.copyOf(objects);
  }

  private Future<?> watch(ObjectKey key) {
    return clock.scheduleWithFixedDelay(
        () -> pings.ping(key.kind(), key.name()).ifPresent(ping -> answers.put(key, ping)),
        0,
        interval.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Why the server is not ready; empty if they are all well. */
  Optional<String> reason() {
    return required.stream().flatMap(each -> defect(each).stream()).findFirst();
  }

  private Optional<String> defect(ObjectInfo object) {
    String name = object.kind() + "/" + object.name();
    String because = object.reason().map(reason -> ": " + reason).orElse("");
    return switch (object.state()) {
      case INACTIVE -> Optional.empty();
      case WAITING -> Optional.of(name + " is required and is waiting" + because);
      case FAILED -> Optional.of(name + " is required and has failed" + because);
      case OPEN -> {
        Ping ping = answers.get(key(object));
        if (ping == null) {
          yield Optional.of(name + " is required and has not been reached yet");
        }
        yield ping.status() == Ping.Status.NOT_REACHED
            ? Optional.of(name + " is required and is not reached: " + ping.details())
            : Optional.empty();
      }
    };
  }

  private static ObjectKey key(ObjectInfo object) {
    return new ObjectKey(object.kind(), object.name());
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
