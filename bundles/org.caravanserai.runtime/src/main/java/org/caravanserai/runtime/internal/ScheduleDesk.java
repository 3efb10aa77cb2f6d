package org.caravanserai.runtime.internal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.caravanserai.api.Schedule;
import org.caravanserai.api.ServiceException;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.JobScheduler;
import org.caravanserai.spi.JobScheduler.Job;
import org.caravanserai.spi.JobScheduler.Times;
import org.jspecify.annotations.Nullable;

/** The way from services to the scheduler, which comes and goes with its bundle. */
final class ScheduleDesk {

  private final Plugged<JobScheduler> scheduler;

  ScheduleDesk(Plugged<JobScheduler> scheduler) {
    this.scheduler = scheduler;
  }

  /** The schedule as one call uses it. */
  Schedule of(Caller caller) {
    return new CallersSchedule(scheduler.get(), caller, Optional.empty());
  }

  /**
   * The schedule of one call.
   *
   * @param scheduler keeps the jobs
   * @param caller writes payloads
   * @param name the name of the next job
   */
  private record CallersSchedule(JobScheduler scheduler, Caller caller, Optional<String> name)
      implements Schedule {

    @Override
    public Schedule named(String other) {
      return new CallersSchedule(scheduler, caller, Optional.of(other));
    }

    @Override
    public String once(Duration delay, String service, @Nullable Object payload) {
      try {
        return once(Instant.now().plus(delay), service, payload);
      } catch (DateTimeException | ArithmeticException e) {
        throw new ServiceException(400, "A job can't wait for " + delay, e);
      }
    }

    @Override
    public String once(Instant time, String service, @Nullable Object payload) {
      return make(service, new Times.Once(time), payload);
    }

    @Override
    public String every(Duration interval, String service, @Nullable Object payload) {
      return make(service, new Times.Every(interval), payload);
    }

    @Override
    public String cron(String expression, ZoneId zone, String service, @Nullable Object payload) {
      return make(service, new Times.Cron(expression, zone), payload);
    }

    @Override
    public boolean cancel(String job) {
      return scheduler.cancel(job);
    }

    private String make(String service, Times times, @Nullable Object payload) {
      return scheduler.schedule(new Job(name, service, times, text(payload)));
    }

    private Optional<String> text(@Nullable Object payload) {
      if (payload == null) {
        return Optional.empty();
      }
      if (payload instanceof String text) {
        return Optional.of(text);
      }
      try {
        return Optional.of(new String(caller.toJson(payload), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new ServiceException(
            400, "The payload can't be written as JSON: " + e.getMessage(), e);
      }
    }
  }
}
