package org.caravanserai.scheduler.internal.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.internal.JobDefinition;
import org.caravanserai.scheduler.internal.store.JobRow;
import org.caravanserai.scheduler.internal.time.Timetable;
import org.jspecify.annotations.Nullable;

/** A job that this server knows. Only the thread of the engine changes it; any may look. */
final class Entry {

  /** It is due at no time. */
  static final long NEVER = Long.MAX_VALUE;

  private final JobDefinition definition;
  private final Timetable timetable;
  private volatile @Nullable JobRow row;
  private volatile @Nullable String waits;
  private volatile int running;
  private volatile long dueAt = NEVER;

  Entry(JobDefinition definition, Timetable timetable) {
    this.definition = definition;
    this.timetable = timetable;
  }

  JobDefinition definition() {
    return definition;
  }

  Timetable timetable() {
    return timetable;
  }

  String name() {
    return definition.name();
  }

  @Nullable JobRow row() {
    return row;
  }

  int running() {
    return running;
  }

  long dueAt() {
    return dueAt;
  }

  /** What it waits for, if it does. */
  Optional<String> waits() {
    return Optional.ofNullable(waits);
  }

  void waitsFor(@Nullable String reason) {
    waits = reason;
  }

  /** Takes a state over, and says when it is due by it. */
  void take(JobRow state) {
    row = state;
    waits = null;
    dueAt =
        state.paused() || state.finished() || state.nextAt().isEmpty()
            ? NEVER
            : state.nextAt().getAsLong() + jitter();
  }

  /** It has no state: it was taken away in the database, or was never there. */
  void forget() {
    row = null;
    dueAt = NEVER;
  }

  /** Goes on from where the one before it was. */
  void follow(Entry before) {
    running = before.running;
  }

  /** To be looked at again at a time, whatever it is due at. */
  void postpone(long time) {
    dueAt = time;
  }

  void runs(int more) {
    running = Math.max(0, running + more);
  }

  private long jitter() {
    return definition.jitterMillis() == 0
        ? 0
        : ThreadLocalRandom.current().nextLong(definition.jitterMillis());
  }

  /**
   * When it is due next.
   *
   * @param state what it has done
   * @param after the time after which
   */
  OptionalLong next(JobRow state, long after) {
    Instant made = Instant.ofEpochMilli(state.createdAt());
    return timetable
        .times(made)
        .next(Instant.ofEpochMilli(Math.max(after, state.lastAt())))
        .map(time -> OptionalLong.of(time.toEpochMilli()))
        .orElse(OptionalLong.empty());
  }

  /** When it is due first, or after it has been changed: the time of one that runs once is kept. */
  OptionalLong first(JobRow state, long now) {
    if (timetable.timing().jobType() == JobType.ONE_TIME) {
      long start = timetable.start().map(Instant::toEpochMilli).orElse(0L);
      return start > state.lastAt() ? OptionalLong.of(start) : OptionalLong.empty();
    }
    return isUsedUp(state.fires()) ? OptionalLong.empty() : next(state, now);
  }

  /** Whether it runs once only, and that was longer ago than a run may be late. */
  boolean isPastFor(long now, long late) {
    return timetable.timing().jobType() == JobType.ONE_TIME
        && timetable.start().filter(start -> start.toEpochMilli() < now - late).isPresent();
  }

  /** Whether it has run as often as it shall. */
  boolean isUsedUp(long fires) {
    long repeats = timetable.timing().repeats();
    return timetable.timing().jobType() != JobType.ONE_TIME && repeats > 0 && fires >= repeats;
  }
}
