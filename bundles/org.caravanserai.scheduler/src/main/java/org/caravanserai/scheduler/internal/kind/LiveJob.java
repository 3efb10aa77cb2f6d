package org.caravanserai.scheduler.internal.kind;

import org.caravanserai.scheduler.internal.engine.Engine;
import org.caravanserai.scheduler.internal.time.BadTiming;
import org.caravanserai.spi.LiveObject;

/** A job of the configuration. */
final class LiveJob implements LiveObject<SchedulerJob> {

  private final Engine engine;
  private final String name;

  LiveJob(Engine engine, SchedulerJob job) throws BadTiming {
    this.engine = engine;
    this.name = job.name();
    replace(job);
  }

  @Override
  public void replace(SchedulerJob job) throws BadTiming {
    engine.open(Definitions.of(job), Definitions.timetable(job));
  }

  @Override
  public void removed() {
    engine.remove(name);
  }

  @Override
  public void close() {
    engine.close(name);
  }
}
