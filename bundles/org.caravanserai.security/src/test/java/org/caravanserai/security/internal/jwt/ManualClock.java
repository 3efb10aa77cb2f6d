package org.caravanserai.security.internal.jwt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes on when it is told to. */
public final class ManualClock extends Clock {

  private volatile Instant now;

  /** A clock that shows a time. */
  public ManualClock(Instant now) {
    this.now = now;
  }

  /** Goes on. */
  public void advance(Duration time) {
    now = now.plus(time);
  }

  /** Shows another time. */
  public void set(Instant other) {
    now = other;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
