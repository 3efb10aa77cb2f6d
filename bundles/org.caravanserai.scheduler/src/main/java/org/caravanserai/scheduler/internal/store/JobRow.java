package org.caravanserai.scheduler.internal.store;

import java.util.OptionalLong;

/**
 * What the database keeps of a job. Times are in milliseconds since 1970.
 *
 * @param name its name
 * @param madeBy {@link #OBJECT} or {@link #SERVICE}
 * @param definition the whole job if a service made it; else its timetable
 * @param paused whether an operator has paused it
 * @param finished whether it is over
 * @param nextAt when it is due
 * @param lastAt for when its last run was due; 0 if it has never run
 * @param fires how often it has run
 * @param failures how often that failed
 * @param skipped how often it was not begun because the run before went on
 * @param misfires how often its time was missed
 * @param createdAt when it was made
 * @param changedAt when somebody else than the clock changed it
 */
public record JobRow(
    String name,
    String madeBy,
    String definition,
    boolean paused,
    boolean finished,
    OptionalLong nextAt,
    long lastAt,
    long fires,
    long failures,
    long skipped,
    long misfires,
    long createdAt,
    long changedAt) {

  /** Made by configuration. */
  public static final String OBJECT = "object";

  /** Made by a service. */
  public static final String SERVICE = "service";

  /** Whether a service made it. */
  public boolean isOfService() {
    return madeBy.equals(SERVICE);
  }

  /** The same with another time at which it is due. */
  public JobRow due(OptionalLong time, boolean isOver) {
    return new JobRow(
        name,
        madeBy,
        definition,
        paused,
        isOver,
        time,
        lastAt,
        fires,
        failures,
        skipped,
        misfires,
        createdAt,
        changedAt);
  }

  /** The same after a run has begun. */
  public JobRow fired(long scheduledAt, OptionalLong time, boolean isOver) {
    return new JobRow(
        name,
        madeBy,
        definition,
        paused,
        isOver,
        time,
        scheduledAt,
        fires + 1,
        failures,
        skipped,
        misfires,
        createdAt,
        changedAt);
  }

  /** The same after a time was left out. */
  public JobRow leftOut(OptionalLong time, boolean isOver, boolean isMisfire) {
    return new JobRow(
        name,
        madeBy,
        definition,
        paused,
        isOver,
        time,
        lastAt,
        fires,
        failures,
        skipped + (isMisfire ? 0 : 1),
        misfires + (isMisfire ? 1 : 0),
        createdAt,
        changedAt);
  }

  /** The same with another definition. */
  public JobRow defined(String text, OptionalLong time, boolean isOver) {
    return new JobRow(
        name, madeBy, text, paused, isOver, time, lastAt, fires, failures, skipped, misfires,
        createdAt, changedAt);
  }
}
