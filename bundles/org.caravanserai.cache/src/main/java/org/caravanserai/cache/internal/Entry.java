package org.caravanserai.cache.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravanserai.api.CacheEntry;
import org.jspecify.annotations.Nullable;

/** A value in memory, and what is known of it. Times are those of a ticker, in nanoseconds. */
final class Entry {

  /** A time that never was. */
  private static final long NEVER = Long.MIN_VALUE;

  private final Stored stored;

  /** That of what is stored, at hand for readers. */
  private final Object value;

  private final long weight;
  private final long version;
  private final long writtenAt;
  private final long writtenBefore;
  private final Time time;

  /** Written by whoever reads, as the next ones, without a fence: of two one may be lost. */
  private long expiresAt;

  private long readAt = NEVER;

  private long readBefore = NEVER;
  private long hits;

  /**
   * How long a value is kept.
   *
   * @param nanos how long; 0 for ever
   * @param isFresh whether it begins now; else that of the value before goes on
   * @param isOwn whether it was said for this key, and not for the cache
   */
  record Time(long nanos, boolean isFresh, boolean isOwn) {}

  private Entry(
      Stored stored,
      long weight,
      long version,
      long writtenAt,
      long writtenBefore,
      Time time,
      long expiresAt) {
    this.stored = stored;
    this.value = stored.value();
    this.weight = weight;
    this.version = version;
    this.writtenAt = writtenAt;
    this.writtenBefore = writtenBefore;
    this.time = time;
    this.expiresAt = expiresAt;
  }

  /**
   * The entry for a value.
   *
   * @param before the entry whose place it takes
   * @param weight how much memory it takes, with its key
   * @param time how long it is kept
   */
  static Entry of(@Nullable Entry before, Stored stored, long weight, Time time, long now) {
    if (before == null) {
      return new Entry(stored, weight, 1, now, NEVER, time, now + time.nanos());
    }
    long expiresAt = time.isFresh() ? now + time.nanos() : before.expiresAt;
    Entry next =
        new Entry(stored, weight, before.version + 1, now, before.writtenAt, time, expiresAt);
    next.takeReads(before);
    return next;
  }

  /** The same value with another time from now on. */
  Entry expiring(long nanos, long now) {
    Time other = new Time(nanos, true, true);
    Entry same = new Entry(stored, weight, version, writtenAt, writtenBefore, other, now + nanos);
    same.takeReads(this);
    return same;
  }

  /**
   * How long the next value of this key is kept, if nobody says.
   *
   * @param usual how long values are kept now for which nobody says
   * @param isExtended whether its time begins anew
   */
  Time next(long usual, boolean isExtended) {
    return isExtended || time.nanos() == 0
        ? new Time(time.isOwn() ? time.nanos() : usual, true, time.isOwn())
        : new Time(time.nanos(), false, time.isOwn());
  }

  private void takeReads(Entry before) {
    readAt = before.readAt;
    readBefore = before.readBefore;
    hits = before.hits;
  }

  /** It is read; its time may begin anew. */
  void read(long now, boolean isExtended) {
    hits++;
    readBefore = readAt;
    readAt = now;
    if (isExtended && time.nanos() != 0) {
      expiresAt = now + time.nanos();
    }
  }

  Object value() {
    return value;
  }

  long weight() {
    return weight;
  }

  /** How long it is kept, in nanoseconds; 0 for ever. */
  long expiry() {
    return time.nanos();
  }

  /** Whether its time is up. */
  boolean isOver(long now) {
    return time.nanos() != 0 && now - expiresAt >= 0;
  }

  /** All of it. */
  CacheEntry told(String key, long now) {
    Instant clock = Instant.now();
    return new CacheEntry(
        key,
        Values.read(value),
        version,
        hits,
        time(readAt, now, clock),
        time(readBefore, now, clock),
        time(writtenAt, now, clock),
        time(writtenBefore, now, clock),
        time.nanos() == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(time.nanos())),
        time.nanos() == 0 ? Optional.empty() : time(expiresAt, now, clock));
  }

  private static Optional<Instant> time(long ticks, long now, Instant clock) {
    return ticks == NEVER ? Optional.empty() : Optional.of(clock.plusNanos(ticks - now));
  }
}
