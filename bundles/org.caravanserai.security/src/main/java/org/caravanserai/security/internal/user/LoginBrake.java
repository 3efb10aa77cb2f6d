package org.caravanserai.security.internal.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** Slows down who guesses passwords: after some failures for a name, it is refused for a while. */
final class LoginBrake {

  private static final int NAMES = 10_000;

  private final Cache<String, Failures> names;
  private final Ticker ticker;
  private final int tolerated;
  private final Duration pause;

  /**
   * Sets it up.
   *
   * @param tolerated how many failures within the window go unpunished
   * @param window how long a failure counts
   * @param pause how long a name is refused then
   */
  LoginBrake(int tolerated, Duration window, Duration pause, Ticker ticker) {
    this.tolerated = tolerated;
    this.pause = pause;
    this.ticker = ticker;
    this.names =
        Caffeine.newBuilder()
            .maximumSize(NAMES)
            .expireAfterWrite(window.plus(pause))
            .ticker(ticker)
            .build();
    this.windowNanos = window.toNanos();
  }

  private final long windowNanos;

  private record Failures(int count, long since, long refusedUntil) {}

  /** Whether an attempt for a name may be made now. */
  boolean permits(String name) {
    Failures failures = names.getIfPresent(name);
    return failures == null
        || failures.count() < tolerated
        || ticker.read() - failures.refusedUntil() >= 0;
  }

  /** An attempt failed. */
  void failed(String name) {
    names
        .asMap()
        .compute(
            name,
            (key, before) -> {
              long now = ticker.read();
              boolean counts = before != null && now - before.since() < windowNanos;
              return new Failures(
                  counts ? before.count() + 1 : 1,
                  counts ? before.since() : now,
                  now + pause.toNanos());
            });
  }

  /** An attempt succeeded. */
  void succeeded(String name) {
    names.invalidate(name);
  }
}
