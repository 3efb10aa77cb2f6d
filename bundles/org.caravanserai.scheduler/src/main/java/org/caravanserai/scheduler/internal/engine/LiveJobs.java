package org.caravanserai.scheduler.internal.engine;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.caravanserai.scheduler.JobInfo;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Jobs;
import org.caravanserai.scheduler.JobsException;
import org.caravanserai.scheduler.Outcome;
import org.caravanserai.scheduler.RunInfo;
import org.caravanserai.scheduler.RunPage;
import org.caravanserai.scheduler.SchedulerStatus;
import org.caravanserai.scheduler.Timing;
import org.caravanserai.scheduler.internal.LiveScheduler;
import org.caravanserai.scheduler.internal.store.JobRow;
import org.caravanserai.scheduler.internal.store.LeaseTable.Holder;
import org.caravanserai.scheduler.internal.store.Ledger;
import org.caravanserai.scheduler.internal.store.RunRow;
import org.caravanserai.scheduler.internal.time.BadTiming;
import org.caravanserai.scheduler.internal.time.Timetable;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The jobs, for operators: what the database says, and what this server knows besides. */
@Component(service = Jobs.class)
public final class LiveJobs implements Jobs {

  private static final int MOST_TIMES = 100;
  private static final int MOST_RUNS = 1_000;

  private final LiveScheduler scheduler;
  private final Engine engine;

  /** Made by the container. */
  @Activate
  public LiveJobs(@Reference LiveScheduler scheduler) {
    this.scheduler = scheduler;
    this.engine = scheduler.engine();
  }

  /** What is asked of the database. */
  private interface Question<T> {
    T ask() throws SQLException, JobsException;
  }

  private <T> T ask(Question<T> question) throws JobsException {
    try {
      if (!engine.awaitLoaded(java.time.Duration.ZERO)) {
        throw new JobsException(
            503, "", "The scheduler is not there: " + engine.fault().orElse(""));
      }
      return question.ask();
    } catch (SQLException e) {
      throw new JobsException(
          503, "", "The database of the scheduler can't be asked: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobsException(503, "", "The server is stopping");
    }
  }

  @Override
  public SchedulerStatus status() throws JobsException {
    Optional<Holder> holder;
    try {
      holder = ask(() -> engine.leases().holder(Ledger.RIGHT));
    } catch (JobsException e) {
      holder = Optional.empty();
    }
    return new SchedulerStatus(
        engine.owner(),
        engine.isLeading(),
        holder.filter(each -> each.left() > 0).map(Holder::owner),
        holder.map(Holder::number).orElse(0L),
        scheduler.database().name(),
        engine.isPaused(),
        engine.clockDifference(),
        engine.fault(),
        engine.running());
  }

  @Override
  public List<JobInfo> jobs() throws JobsException {
    return ask(
        () -> {
          Map<String, JobRow> rows = new HashMap<>();
          engine.jobs().all().forEach(row -> rows.put(row.name(), row));
          Map<String, RunRow> last = new HashMap<>();
          engine.ledger().last().forEach(run -> last.put(run.job(), run));
          List<JobInfo> found = new ArrayList<>();
          for (Entry entry : engine.entries()) {
            found.add(info(entry, rows.get(entry.name()), last.get(entry.name()), 1));
          }
          found.sort(java.util.Comparator.comparing(JobInfo::name));
          return found;
        });
  }

  @Override
  public Optional<JobInfo> job(String name, int next) throws JobsException {
    return ask(
        () -> {
          Entry entry = engine.entry(name);
          if (entry == null) {
            return Optional.empty();
          }
          JobRow row = engine.jobs().find(name).orElse(null);
          RunRow last =
              engine.ledger().history(Optional.of(name), Optional.empty(), 0, 1).stream()
                  .findFirst()
                  .orElse(null);
          return Optional.of(info(entry, row, last, Math.max(0, Math.min(next, MOST_TIMES))));
        });
  }

  private JobInfo info(Entry entry, @Nullable JobRow row, @Nullable RunRow last, int next) {
    Optional<String> waits = entry.waits();
    if (waits.isEmpty() && !engine.calls().isDeployed(entry.definition().service())) {
      waits = Optional.of("service " + entry.definition().service() + " is not deployed");
    }
    boolean finished = row != null && row.finished();
    boolean paused = row != null && row.paused();
    return new JobInfo(
        entry.name(),
        row == null ? JobRow.OBJECT : row.madeBy(),
        entry.definition().service(),
        entry.definition().timing().jobType(),
        Words.of(entry.definition().timing()),
        finished ? "finished" : paused ? "paused" : waits.isPresent() ? "waiting" : "active",
        waits,
        row == null ? List.of() : next(entry, row, next),
        entry.running(),
        row == null ? 0 : row.fires(),
        row == null ? 0 : row.failures(),
        row == null ? 0 : row.skipped(),
        row == null ? 0 : row.misfires(),
        Optional.ofNullable(last).map(run -> Instant.ofEpochMilli(run.scheduledAt())),
        Optional.ofNullable(last).flatMap(RunRow::outcome).map(LiveJobs::lower),
        List.of());
  }

  private List<Instant> next(Entry entry, JobRow row, int count) {
    if (row.finished() || row.nextAt().isEmpty() || count == 0) {
      return List.of();
    }
    long repeats = entry.definition().timing().repeats();
    long left = repeats == 0 ? count : Math.min(count, repeats - row.fires());
    List<Instant> next = new ArrayList<>();
    Instant time = Instant.ofEpochMilli(row.nextAt().getAsLong());
    next.add(time);
    if (entry.definition().timing().jobType() != JobType.ONE_TIME) {
      next.addAll(
          entry
              .timetable()
              .preview(Instant.ofEpochMilli(row.createdAt()), time, (int) Math.max(0, left - 1)));
    }
    return next;
  }

  private static String lower(String outcome) {
    return outcome.toLowerCase(Locale.ROOT);
  }

  private Entry known(String name) throws JobsException {
    Entry entry = engine.entry(name);
    if (entry == null) {
      throw new JobsException(404, "", "There is no job " + name);
    }
    return entry;
  }

  @Override
  public String run(String name) throws JobsException {
    return ask(
        () -> {
          String cid = engine.calls().newCid();
          engine
              .ledger()
              .ask(
                  RunRow.asked(
                      known(name).name(), RunRow.MANUAL, cid, Optional.empty(), Optional.empty()));
          engine.look();
          return cid;
        });
  }

  @Override
  public void pause(String name, boolean paused) throws JobsException {
    boolean unused =
        ask(
            () -> {
              Entry entry = known(name);
              JobRow row =
                  engine
                      .jobs()
                      .find(name)
                      .orElseThrow(() -> new JobsException(404, "", "There is no job " + name));
              boolean afresh =
                  !paused
                      && row.paused()
                      && !row.finished()
                      && entry.definition().timing().jobType() != JobType.ONE_TIME;
              OptionalLong next = afresh ? entry.next(row, engine.now()) : row.nextAt();
              boolean done = engine.jobs().pause(name, paused, next);
              engine.look();
              return done;
            });
  }

  @Override
  public void pauseAll(boolean paused) throws JobsException {
    boolean unused =
        ask(
            () -> {
              engine.states().pause(paused);
              engine.look();
              return paused;
            });
  }

  @Override
  public void cancel(String name) throws JobsException {
    boolean unused =
        ask(
            () -> {
              if (!engine.jobs().cancel(name)) {
                throw new JobsException(
                    404, "", "There is no job " + name + " that a service made and is not over");
              }
              engine.look();
              return true;
            });
  }

  @Override
  public List<JobInfo> withRuns(List<JobInfo> jobs, int most) throws JobsException {
    return ask(
        () -> {
          Map<String, List<RunInfo>> runs =
              engine.ledger().latest(jobs.stream().map(JobInfo::name).toList(), most).stream()
                  .map(LiveJobs::info)
                  .collect(Collectors.groupingBy(RunInfo::job));
          return jobs.stream()
              .map(job -> job.with(runs.getOrDefault(job.name(), List.of())))
              .toList();
        });
  }

  @Override
  public RunPage runs(Optional<String> job, Optional<Outcome> outcome, int offset, int limit)
      throws JobsException {
    int from = Math.max(0, offset);
    int most = Math.max(0, Math.min(limit, MOST_RUNS));
    return ask(
        () ->
            new RunPage(
                engine.ledger().history(job, outcome, from, most).stream()
                    .map(LiveJobs::info)
                    .toList(),
                engine.ledger().count(job, outcome),
                from));
  }

  @Override
  public Optional<RunInfo> run(long id) throws JobsException {
    return ask(() -> engine.ledger().run(id).map(LiveJobs::info));
  }

  private static RunInfo info(RunRow run) {
    Optional<Instant> started =
        Optional.of(run.startedAt()).filter(at -> at > 0).map(Instant::ofEpochMilli);
    return new RunInfo(
        run.id(),
        run.job(),
        run.origin(),
        run.state(),
        Instant.ofEpochMilli(run.scheduledAt()),
        started,
        run.endedAt() > 0 && run.startedAt() > 0
            ? Optional.of(run.endedAt() - run.startedAt())
            : Optional.empty(),
        run.outcome().map(LiveJobs::lower),
        run.error(),
        run.cid(),
        run.attempts(),
        run.server(),
        run.log()
            .filter(text -> !text.isEmpty())
            .map(text -> List.of(text.split("\n", -1)))
            .orElse(List.of()));
  }

  @Override
  public List<Instant> preview(Timing timing, int count) throws JobsException {
    try {
      Instant now = Instant.ofEpochMilli(engine.now());
      return Timetable.of(timing).preview(now, now, Math.max(0, Math.min(count, MOST_TIMES)));
    } catch (BadTiming e) {
      throw new JobsException(422, e.field(), e.reason());
    }
  }
}
