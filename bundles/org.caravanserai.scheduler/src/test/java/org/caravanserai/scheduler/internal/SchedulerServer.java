package org.caravanserai.scheduler.internal;

import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.internal.LiveCallPool;
import org.caravanserai.runtime.internal.LiveInvoker;
import org.caravanserai.runtime.internal.LiveRegistry;
import org.caravanserai.runtime.internal.RuntimeSettings;
import org.caravanserai.scheduler.Crash;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Misfire;
import org.caravanserai.scheduler.Timing;
import org.caravanserai.scheduler.internal.JobDefinition.Follow;
import org.caravanserai.scheduler.internal.engine.Calls;
import org.caravanserai.scheduler.internal.engine.RunLogs;
import org.caravanserai.scheduler.internal.time.BadTiming;
import org.caravanserai.scheduler.internal.time.Timetable;

/** A server as far as jobs are concerned: services, the pool, and a scheduler. */
public final class SchedulerServer implements AutoCloseable {

  public final LiveRegistry registry;
  public final LiveCallPool pool;
  public final LiveInvoker invoker;
  public final RunLogs logs = new RunLogs();
  public final Calls calls;
  public final LiveScheduler scheduler;
  private final Map<String, ServiceRevision> revisions = new ConcurrentHashMap<>();
  private final AtomicInteger revision = new AtomicInteger();

  /** With a database of its own. */
  public SchedulerServer(Path data, Object... changed) {
    RuntimeSettings runtime = settings(RuntimeSettings.class, Map.of());
    registry = new LiveRegistry(runtime);
    pool = new LiveCallPool(runtime);
    invoker = new LiveInvoker(runtime, registry, pool);
    calls = new Calls(registry, pool, invoker, logs);
    Map<String, Object> values = new HashMap<>();
    values.put("data", data.toString());
    for (int i = 0; i < changed.length; i += 2) {
      values.put((String) changed[i], changed[i + 1]);
    }
    scheduler = new LiveScheduler(settings(SchedulerSettings.class, values), calls);
  }

  /** Settings with their defaults, but for what is given. */
  public static <T> T settings(Class<T> type, Map<String, Object> changed) {
    return type.cast(
        Proxy.newProxyInstance(
            SchedulerServer.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                changed.getOrDefault(method.getName(), method.getDefaultValue())));
  }

  /** Makes a service the current one of its name. */
  public void deploy(String name, Service<?, ?> service) {
    try {
      ServiceRevision next = registry.prepare(name, service, name, revision.incrementAndGet());
      ServiceRevision before = revisions.put(name, next);
      registry.swap(List.of(next), before == null ? List.of() : List.of(before));
      if (before != null) {
        var unused = registry.retire(before, Duration.ofSeconds(30));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens a job. */
  public void open(JobDefinition job) {
    try {
      scheduler.engine().open(job, Timetable.of(job.timing()));
    } catch (BadTiming e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Waits until it knows the database. */
  public void awaitLoaded() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> scheduler.engine().awaitLoaded(Duration.ofMillis(100)));
  }

  /** Every so many seconds. */
  public static Timing every(int seconds, long repeats) {
    return new Timing(
        JobType.INTERVAL_BASED,
        Optional.empty(),
        0,
        0,
        0,
        0,
        seconds,
        repeats,
        Optional.empty(),
        Optional.empty());
  }

  /** Once, at a time as {@code start_date} has it. */
  public static Timing once(String start) {
    return new Timing(
        JobType.ONE_TIME, Optional.of(start), 0, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
  }

  /** A job with defaults for the rest. */
  public static JobDefinition job(String name, String service, Timing timing) {
    return job(name, service, timing, Optional.empty(), Crash.SKIP, Follow.NOTHING, false);
  }

  /** A job with defaults for the rest. */
  public static JobDefinition job(
      String name,
      String service,
      Timing timing,
      Optional<String> payload,
      Crash crash,
      Follow follow,
      boolean overlap) {
    return new JobDefinition(
        name,
        service,
        timing,
        payload,
        0,
        timing.jobType() == JobType.ONE_TIME ? Misfire.RUN_ONCE : Misfire.SKIP,
        60_000,
        overlap,
        follow,
        follow,
        crash);
  }

  @Override
  public void close() {
    scheduler.stop();
    calls.stop();
    pool.deactivate();
    invoker.deactivate();
    registry.deactivate();
  }

  /** A service with any JSON as its input, whose behaviour is a lambda. */
  public record Plugged(Behaviour behaviour) implements Service<String, String> {

    @Override
    public String handle(String input, Context context) throws Exception {
      return behaviour.of(input, context);
    }
  }

  /** What a service does. */
  public interface Behaviour {
    String of(String input, Context context) throws Exception;
  }
}
