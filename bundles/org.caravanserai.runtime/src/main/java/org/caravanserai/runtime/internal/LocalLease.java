package org.caravanserai.runtime.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.caravanserai.spi.Lease;
import org.jspecify.annotations.Nullable;

/** Rights within this process: who asks first has them. */
public final class LocalLease implements Lease {

  private static final Duration LONGEST = Duration.ofDays(10_000);

  private final ReentrantLock door = new ReentrantLock();
  private final Condition changed = door.newCondition();
  private final Map<String, Holding> holdings = new HashMap<>();
  private long numbers;

  /** Nobody holds anything. */
  public LocalLease() {}

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public Claim claim(String name, Consumer<Boolean> told) {
    Holding mine;
    door.lock();
    try {
      mine = new Holding(name, Long.MAX_VALUE, ++numbers);
    } finally {
      door.unlock();
    }
    told.accept(true);
    return mine;
  }

  @Override
  public Optional<Claim> hold(String name, Duration ttl, Duration wait)
      throws InterruptedException {
    long giveUp = System.nanoTime() + nanos(wait);
    door.lockInterruptibly();
    try {
      while (true) {
        long now = System.nanoTime();
        Holding holder = holdings.get(name);
        if (holder == null || holder.end - now <= 0) {
          Holding mine = new Holding(name, now + nanos(ttl), ++numbers);
          holdings.put(name, mine);
          return Optional.of(mine);
        }
        long left = Math.min(giveUp, holder.end) - now;
        if (giveUp - now <= 0) {
          return Optional.empty();
        }
        long unused = changed.awaitNanos(left);
      }
    } finally {
      door.unlock();
    }
  }

  /** Far less than what a nano time overflows by. */
  private static long nanos(Duration time) {
    return (time.compareTo(LONGEST) < 0 ? time : LONGEST).toNanos();
  }

  private final class Holding implements Claim {

    private final String name;
    private final long end;
    private final long number;
    private volatile boolean closed;

    Holding(String name, long end, long number) {
      this.name = name;
      this.end = end;
      this.number = number;
    }

    @Override
    public boolean isHeld() {
      return !closed && (end == Long.MAX_VALUE || end - System.nanoTime() > 0);
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public void close() {
      closed = true;
      door.lock();
      try {
        @Nullable Holding holder = holdings.get(name);
        if (holder == this) {
          holdings.remove(name);
        }
        changed.signalAll();
      } finally {
        door.unlock();
      }
    }
  }
}
