package org.caravanserai.scheduler.internal;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.UUID;
import org.caravanserai.scheduler.internal.engine.Calls;
import org.caravanserai.scheduler.internal.engine.Engine;
import org.caravanserai.scheduler.internal.store.Database;
import org.caravanserai.spi.ReadinessCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The scheduler of this server, from its start to its stop. */
@Component(
    service = {LiveScheduler.class, ReadinessCheck.class},
    immediate = true,
    configurationPid = SchedulerSettings.PID)
public final class LiveScheduler implements ReadinessCheck {

  private final SchedulerSettings settings;
  private final Database database;
  private final Engine engine;

  /** Begins. */
  @Activate
  public LiveScheduler(SchedulerSettings settings, @Reference Calls calls) {
    this.settings = settings;
    database = Database.of(settings);
    engine = new Engine(database, settings, calls, owner());
    engine.start();
  }

  /** Different at each start, and says where to look. */
  private static String owner() {
    String process = ManagementFactory.getRuntimeMXBean().getName();
    return process + "/" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Stops. */
  @Deactivate
  public void stop() {
    engine.stop();
  }

  /** What runs the jobs. */
  public Engine engine() {
    return engine;
  }

  /** Where they are stored. */
  public Database database() {
    return database;
  }

  /** The settings. */
  public SchedulerSettings settings() {
    return settings;
  }

  /** How many characters a payload may have. */
  public int maxPayloadSize() {
    return settings.max__payload__size();
  }

  @Override
  public String name() {
    return "scheduler";
  }

  @Override
  public Optional<String> reason() {
    return engine.fault();
  }

  /** Requests are served without jobs. */
  @Override
  public boolean isRequired() {
    return false;
  }
}
