package org.caravanserai.security.internal.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Slows down who guesses passwords. After some failures a name is refused for the address from
 * which they came, each time twice as long; after more failures the address is refused whatever the
 * name; and after many failures from anywhere the name is refused for a short while.
 */
final class LoginBrake {

  private static final int ENTRIES = 30_000;
  private static final int MORE_FOR_ANY = 10;

  private final Cache<Key, Failures> failures;
  private final Ticker ticker;
  private final int tolerated;
  private final long windowNanos;
  private final long pauseNanos;
  private final long longestNanos;

  /**
   * Sets it up.
   *
   * @param tolerated how many failures of a name from one address go unpunished; ten times as many
   *     of an address for any name, and of a name from anywhere
   * @param window how long failures count after the last one
   * @param pause how long a name is refused at first
   * @param longest how long it is refused at most
   */
  LoginBrake(int tolerated, Duration window, Duration pause, Duration longest, Ticker ticker) {
    this.tolerated = tolerated;
    this.windowNanos = window.toNanos();
    this.pauseNanos = pause.toNanos();
    this.longestNanos = Math.max(longest.toNanos(), pauseNanos);
    this.ticker = ticker;
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(ENTRIES)
            .expireAfterWrite(Duration.ofNanos(windowNanos + longestNanos))
            .ticker(ticker)
            .build();
  }

  /** Of whom; an empty part stands for anybody, or anywhere. */
  private record Key(String name, String address) {}

  /**
   * What went wrong.
   *
   * @param count how often
   * @param until until when the next attempt is refused
   */
  private record Failures(int count, long until) {}

  /** Whether an attempt for a name may be made from an address now. */
  boolean permits(String name, String address) {
    return permits(new Key(name, address), tolerated)
        && permits(address)
        && permits(new Key(name, ""), tolerated * MORE_FOR_ANY);
  }

  private boolean permits(Key key, int limit) {
    Failures before = failures.getIfPresent(key);
    return before == null || before.count() < limit || ticker.read() - before.until() >= 0;
  }

  /** Whether an attempt in nobody's name may be made from an address now. */
  boolean permits(String address) {
    return permits(new Key("", address), tolerated * MORE_FOR_ANY);
  }

  /** An attempt in nobody's name failed. */
  void failed(String address) {
    count(new Key("", address), tolerated * MORE_FOR_ANY, longestNanos);
  }

  /** An attempt failed. */
  void failed(String name, String address) {
    count(new Key(name, address), tolerated, longestNanos);
    failed(address);
    // It does not grow: from elsewhere nobody is to lock a user out.
    count(new Key(name, ""), tolerated * MORE_FOR_ANY, pauseNanos);
  }

  private void count(Key key, int limit, long longest) {
    failures
        .asMap()
        .compute(
            key,
            (same, before) -> {
              long now = ticker.read();
              boolean goesOn = before != null && now - before.until() < windowNanos;
              int count = goesOn ? before.count() + 1 : 1;
              return new Failures(count, now + pause(count - limit, longest));
            });
  }

  /** How long the next attempt is refused, in nanoseconds. */
  private long pause(int beyond, long longest) {
    if (beyond < 0) {
      return 0;
    }
    int doubled = Math.min(beyond, 30);
    return pauseNanos > longest >> doubled ? longest : pauseNanos << doubled;
  }

  /** An attempt succeeded. */
  void succeeded(String name, String address) {
    failures.invalidate(new Key(name, address));
  }
}
