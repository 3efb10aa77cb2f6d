package org.caravanserai.scheduler.internal.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.caravanserai.api.ServiceException;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Timing;
import org.caravanserai.scheduler.internal.JobDefinition;
import org.caravanserai.scheduler.internal.LiveScheduler;
import org.caravanserai.scheduler.internal.SchedulerSettings;
import org.caravanserai.scheduler.internal.Texts;
import org.caravanserai.scheduler.internal.store.JobRow;
import org.caravanserai.scheduler.internal.time.BadTiming;
import org.caravanserai.scheduler.internal.time.Timetable;
import org.caravanserai.spi.JobScheduler;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The jobs that services make at run time: rows of the database, made in any server. */
@Component(service = JobScheduler.class)
public final class ServiceJobs implements JobScheduler {

  private static final int LONGEST_NAME = 150;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Engine engine;
  private final SchedulerSettings settings;

  /** Made by the container. */
  @Activate
  public ServiceJobs(@Reference LiveScheduler scheduler) {
    this.engine = scheduler.engine();
    this.settings = scheduler.settings();
  }

  /** What is done with the database. */
  private interface Work<T> {
    T on() throws SQLException;
  }

  private <T> T work(Work<T> work) {
    try {
      if (engine.awaitLoaded(PATIENCE)) {
        return work.on();
      }
      throw new ServiceException(
          503, "The scheduler is not there: " + engine.fault().orElse("no database"), null, 1);
    } catch (SQLException e) {
      throw new ServiceException(503, "The database of the scheduler can't be used", e, 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException(503, "The time ran out while waiting for the scheduler", e);
    }
  }

  @Override
  public String schedule(Job job) {
    check(job);
    return work(() -> store(job));
  }

  private void check(Job job) {
    if (job.service().isBlank()) {
      throw new ServiceException(400, "A job calls a service");
    }
    String name = job.name().orElse("x");
    if (name.isBlank()
        || !name.equals(name.strip())
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new ServiceException(
          400, "The name of a job has 1 to " + LONGEST_NAME + " characters, no blanks around it");
    }
    int length = job.payload().map(String::length).orElse(0);
    if (length > settings.max__payload__size()) {
      throw new ServiceException(
          413,
          "The payload has " + length + " characters, more than " + settings.max__payload__size());
    }
  }

  private String store(Job job) throws SQLException {
    long now = engine.now();
    Timing timing = timing(job.times(), now);
    Timetable timetable = timetable(timing);
    String name = job.name().orElseGet(() -> "service-" + engine.calls().newCid());
    JobDefinition definition = JobDefinition.ofService(name, job.service(), timing, job.payload());
    Optional<JobRow> before = job.name().isPresent() ? engine.jobs().find(name) : Optional.empty();
    if (engine.opened().containsKey(name) || before.filter(row -> !row.isOfService()).isPresent()) {
      throw taken(name);
    }
    if (before.filter(row -> !row.finished()).isEmpty()
        && engine.jobs().ofServices() >= settings.max__service__jobs()) {
      throw new ServiceException(
          429, "Services have " + settings.max__service__jobs() + " jobs, as many as they may");
    }
    JobRow fresh =
        new JobRow(
            name,
            JobRow.SERVICE,
            Texts.of(definition),
            false,
            false,
            OptionalLong.empty(),
            before.map(JobRow::lastAt).orElse(0L),
            0,
            0,
            0,
            0,
            now,
            now);
    Entry entry = new Entry(definition, timetable);
    OptionalLong next = entry.first(fresh, now);
    if (next.isEmpty()) {
      throw new ServiceException(400, "The job would never run");
    }
    if (before.isPresent()) {
      engine.jobs().define(fresh.due(next, false));
    } else if (!engine.jobs().add(fresh.due(next, false))) {
      throw taken(name);
    }
    engine.look();
    return name;
  }

  private static ServiceException taken(String name) {
    return new ServiceException(409, "There is a job " + name + " which no service has made");
  }

  private static Timetable timetable(Timing timing) {
    try {
      return Timetable.of(timing);
    } catch (BadTiming e) {
      throw new ServiceException(400, e.reason(), e);
    }
  }

  private Timing timing(Times times, long now) {
    if (times instanceof Times.Once once) {
      if (once.time().isBefore(Instant.ofEpochMilli(now - settings.max__clock__difference()))) {
        throw new ServiceException(400, once.time() + " is past");
      }
      return timing(JobType.ONE_TIME, Optional.of(time(once.time())), 0, 0, null, null);
    }
    if (times instanceof Times.Cron cron) {
      return timing(
          JobType.CRON_STYLE, Optional.empty(), 0, 0, cron.expression(), cron.zone().getId());
    }
    Duration interval = ((Times.Every) times).interval();
    if (interval.getSeconds() < 1 || interval.getNano() != 0 || interval.toDays() > 36_500) {
      throw new ServiceException(
          400,
          "An interval has whole seconds, one at least, and a hundred years at most: " + interval);
    }
    // Days of a day and a night: without a time zone nobody expects days of the calendar.
    return timing(
        JobType.INTERVAL_BASED,
        Optional.empty(),
        (int) (interval.getSeconds() / 3_600),
        (int) (interval.getSeconds() % 3_600),
        null,
        null);
  }

  private static String time(Instant time) {
    try {
      return Instant.ofEpochMilli(time.toEpochMilli()).toString();
    } catch (ArithmeticException e) {
      throw new ServiceException(400, "That is too far away: " + time, e);
    }
  }

  private static Timing timing(
      JobType type,
      Optional<String> start,
      int hours,
      int seconds,
      @Nullable String cron,
      @Nullable String zone) {
    return new Timing(
        type,
        start,
        0,
        0,
        hours,
        0,
        seconds,
        0,
        Optional.ofNullable(cron),
        Optional.ofNullable(zone));
  }

  @Override
  public boolean cancel(String name) {
    return work(
        () -> {
          boolean done = engine.jobs().cancel(name);
          if (done) {
            engine.look();
          }
          return done;
        });
  }
}
