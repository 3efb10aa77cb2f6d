package org.caravanserai.scheduler.internal.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.caravanserai.api.Channel;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.Slot;
import org.caravanserai.scheduler.Outcome;
import org.caravanserai.scheduler.internal.JobDefinition;
import org.caravanserai.scheduler.internal.JobDefinition.Follow;
import org.caravanserai.scheduler.internal.Texts;
import org.caravanserai.scheduler.internal.store.Ending;
import org.caravanserai.scheduler.internal.store.RunRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Calls the services of jobs, by the pool that all calls run on. */
@Component(service = Calls.class)
public final class Calls {

  private static final String KIND = "scheduler";
  private static final long RETRY_MILLIS = 200;

  private final ServiceRegistry registry;
  private final CallPool pool;
  private final Invoker invoker;
  private final RunLogs logs;
  private final ScheduledThreadPoolExecutor retries;

  /** Made by the container. */
  @Activate
  public Calls(
      @Reference ServiceRegistry registry,
      @Reference CallPool pool,
      @Reference Invoker invoker,
      @Reference RunLogs logs) {
    this.registry = registry;
    this.pool = pool;
    this.invoker = invoker;
    this.logs = logs;
    retries =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "serai-scheduler-retry");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins nothing more. */
  @Deactivate
  public void stop() {
    retries.shutdownNow();
  }

  /** A new correlation id. */
  String newCid() {
    return invoker.newCid();
  }

  /** Whether a service is deployed. */
  boolean isDeployed(String service) {
    return registry.slot(service).current().isPresent();
  }

  /**
   * Begins a run.
   *
   * @param patience for how many milliseconds it is tried again while the service has no room
   * @param lines how many log lines are kept
   * @param ended gets its end, once, on any thread
   */
  void begin(RunRow run, JobDefinition job, long patience, int lines, Consumer<Ending> ended) {
    logs.begin(run.cid(), lines);
    new Attempt(run, job, System.nanoTime(), patience, ended).submit();
  }

  private static Payload payload(Optional<String> text) {
    if (text.isEmpty()) {
      return new Payload.Document(new byte[0], DataFormat.JSON, Map.of(), false);
    }
    return Texts.json(text.get()) == null
        ? new Payload.Value(text.get())
        : new Payload.Document(
            text.get().getBytes(StandardCharsets.UTF_8), DataFormat.JSON, Map.of(), false);
  }

  /** A run from its beginning to its end, tried again while there is no room for it. */
  private final class Attempt {

    private final RunRow run;
    private final JobDefinition job;
    private final Slot slot;
    private final long begunAt;
    private final long patience;
    private final Consumer<Ending> ended;

    Attempt(RunRow run, JobDefinition job, long begunAt, long patience, Consumer<Ending> ended) {
      this.run = run;
      this.job = job;
      this.slot = registry.slot(run.service().orElse(job.service()));
      this.begunAt = begunAt;
      this.patience = patience;
      this.ended = ended;
    }

    void submit() {
      try {
        pool.submit(slot, Duration.ofMillis(job.maxMillis()), new Pooled(this));
      } catch (BusyException e) {
        again(String.valueOf(e.getMessage()));
      } catch (RuntimeException fault) {
        end(Outcome.ERROR, Optional.of("Internal error: " + fault));
      }
    }

    private long millis() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunAt);
    }

    /** Nothing has been done: tries once more, unless that has gone on for too long. */
    private void again(String reason) {
      if (millis() >= patience || retries.isShutdown()) {
        end(Outcome.ERROR, Optional.of(reason));
        return;
      }
      var unused = retries.schedule(this::submit, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Call call() {
      Channel channel = new Channel(KIND, run.job(), Optional.empty());
      Optional<String> text = run.payload().isPresent() ? run.payload() : job.payload();
      Map<String, Object> headers =
          Map.of(
              "job", run.job(),
              "scheduled_at", Instant.ofEpochMilli(run.scheduledAt()).toString(),
              "origin", run.origin(),
              "attempt", run.attempts());
      return new Call(run.cid(), channel, payload(text), null, headers);
    }

    private void replied(Reply reply, PooledCall pooled) {
      ServiceException failure = reply.failure();
      boolean hasEntered = reply.hasEntered();
      reply.close();
      if (!pooled.end()) {
        return;
      }
      if (failure == null) {
        end(Outcome.OK, Optional.empty());
      } else if (hasEntered) {
        end(failure.status() == 504 ? Outcome.TIMEOUT : Outcome.ERROR, Optional.of(words(failure)));
      } else {
        again(failure.details());
      }
    }

    private void end(Outcome outcome, Optional<String> error) {
      long millis = millis();
      ended.accept(
          new Ending(
              run, millis, outcome, error, logs.end(run.cid()), follows(outcome, error, millis)));
    }

    private List<RunRow> follows(Outcome outcome, Optional<String> error, long millis) {
      if (run.service().isPresent()) {
        return List.of();
      }
      Follow follow = outcome == Outcome.OK ? job.onSuccess() : job.onError();
      String origin = outcome == Outcome.OK ? "on_success" : "on_error";
      List<RunRow> runs = new ArrayList<>();
      follow
          .service()
          .ifPresent(
              service ->
                  runs.add(
                      RunRow.asked(
                          run.job(),
                          origin,
                          run.cid(),
                          Optional.of(service),
                          Optional.of(report(outcome, error, millis)))));
      follow
          .job()
          .ifPresent(
              next ->
                  runs.add(
                      RunRow.asked(
                          next,
                          origin + ":" + run.job(),
                          run.cid(),
                          Optional.empty(),
                          Optional.empty())));
      return runs;
    }

    private String report(Outcome outcome, Optional<String> error, long millis) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("job", run.job());
      node.put("service", job.service());
      node.put("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT));
      node.put("cid", run.cid());
      node.put("scheduled_at", Instant.ofEpochMilli(run.scheduledAt()).toString());
      node.put("duration_ms", millis);
      error.ifPresent(words -> node.put("error", words));
      return Texts.write(node);
    }

    private String late() {
      return "Service " + slot.name() + " did not answer within " + job.maxMillis() + " ms";
    }
  }

  /** What operators read: the exception's own words too, which callers from outside don't get. */
  private static String words(ServiceException failure) {
    Throwable cause = failure.getCause();
    if (failure.status() != 500 || cause == null) {
      return failure.details();
    }
    String words = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return words == null || words.isEmpty() ? name : name + ": " + words;
  }

  /** A run on the pool. */
  private final class Pooled extends PooledCall {

    private final Attempt attempt;
    private volatile boolean hasBegun;

    Pooled(Attempt attempt) {
      this.attempt = attempt;
    }

    @Override
    protected void run() {
      hasBegun = true;
      invoker.invoke(attempt.slot, attempt.call(), reply -> attempt.replied(reply, this));
    }

    @Override
    protected void timedOut() {
      if (hasBegun) {
        attempt.end(Outcome.TIMEOUT, Optional.of(attempt.late()));
      } else {
        attempt.end(
            Outcome.ERROR,
            Optional.of("Service " + attempt.slot.name() + " has too many calls waiting"));
      }
    }
  }
}
