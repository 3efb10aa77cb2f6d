package org.caravanserai.scheduler.internal.kind;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.internal.JobDefinition;
import org.caravanserai.scheduler.internal.LiveScheduler;
import org.caravanserai.scheduler.internal.engine.Engine;
import org.caravanserai.scheduler.internal.time.BadTiming;
import org.caravanserai.scheduler.internal.time.Timetable;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code scheduler}. */
@Component(service = ObjectKind.class, immediate = true)
public final class SchedulerKind implements ObjectKind<SchedulerJob> {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LiveScheduler scheduler;
  private final ServiceRegistry registry;
  private final BooleanSupplier isStarting;

  /** A kind without objects. */
  @Activate
  public SchedulerKind(
      @Reference LiveScheduler scheduler,
      @Reference ServiceRegistry registry,
      BundleContext context) {
    this(scheduler, registry, () -> isStarting(context));
  }

  SchedulerKind(LiveScheduler scheduler, ServiceRegistry registry, BooleanSupplier isStarting) {
    this.scheduler = scheduler;
    this.registry = registry;
    this.isStarting = isStarting;
  }

  /** Whether the framework has not got beyond the start level of this bundle. */
  private static boolean isStarting(BundleContext context) {
    FrameworkStartLevel framework =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
    return framework.getStartLevel()
        <= context.getBundle().adapt(BundleStartLevel.class).getStartLevel();
  }

  @Override
  public String name() {
    return "scheduler";
  }

  @Override
  public String help() {
    return "A job that calls a service on a timetable.";
  }

  @Override
  public Class<SchedulerJob> type() {
    return SchedulerJob.class;
  }

  @Override
  public void validate(SchedulerJob job) throws InvalidObjectException {
    Timetable timetable;
    try {
      timetable = Definitions.timetable(job);
    } catch (BadTiming e) {
      throw new InvalidObjectException(e.field(), e.reason());
    }
    if (job.service().isBlank()) {
      throw new InvalidObjectException("service", "a job calls a service");
    }
    JobDefinition definition = Definitions.of(job);
    int length = definition.payload().map(String::length).orElse(0);
    if (length > scheduler.maxPayloadSize()) {
      throw new InvalidObjectException(
          "extra", length + " characters, more than " + scheduler.maxPayloadSize());
    }
    Engine engine = scheduler.engine();
    if (Chains.isEndless(definition, engine.opened())) {
      throw new InvalidObjectException(
          definition.onSuccess().job().isPresent() ? "on_success_job" : "on_error_job",
          "the jobs lead back to this one: it would run for ever");
    }
    InvalidObjectException doubt = doubt(job, definition, timetable);
    // What was accepted once is not refused later, with all jobs of its file: time and services
    // have gone on since.
    if (doubt != null && !isStarting.getAsBoolean() && !engine.knows(definition, PATIENCE)) {
      throw doubt;
    }
  }

  /** What is wrong with a job as things are now. */
  private @Nullable InvalidObjectException doubt(
      SchedulerJob job, JobDefinition definition, Timetable timetable) {
    Optional<String> misfit =
        PayloadCheck.misfit(registry.schemas(definition.service()), definition.payload());
    if (misfit.isPresent()) {
      return new InvalidObjectException(
          "extra", "does not fit service " + definition.service() + ": " + misfit.get());
    }
    Optional<Instant> start = timetable.start();
    boolean isPast =
        job.isActive()
            && job.jobType() == JobType.ONE_TIME
            && start.filter(at -> at.toEpochMilli() <= scheduler.engine().now()).isPresent();
    return isPast
        ? new InvalidObjectException("start_date", start.orElseThrow() + " is past")
        : null;
  }

  @Override
  public LiveObject<SchedulerJob> open(SchedulerJob job) throws BadTiming {
    Engine engine = scheduler.engine();
    if (engine.isOfService(job.name())) {
      throw new IllegalStateException("a service has made a job of this name");
    }
    return new LiveJob(engine, job);
  }
}
