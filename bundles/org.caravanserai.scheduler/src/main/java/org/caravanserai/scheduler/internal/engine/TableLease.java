package org.caravanserai.scheduler.internal.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.caravanserai.scheduler.internal.LiveScheduler;
import org.caravanserai.scheduler.internal.store.LeaseTable;
import org.caravanserai.spi.Lease;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rights by the table of leases, which servers share where they share a database. */
@Component(service = Lease.class)
public final class TableLease implements Lease {

  private static final Logger LOG = LoggerFactory.getLogger(TableLease.class);
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 250;

  private final LeaseTable leases;
  private final Engine engine;
  private final boolean shared;
  private final long millis;
  private final AtomicLong numbers = new AtomicLong();
  private final Set<Kept> kept = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor clock;

  /** Made by the container. */
  @Activate
  public TableLease(@Reference LiveScheduler scheduler) {
    engine = scheduler.engine();
    leases = engine.leases();
    shared = scheduler.database().isShared();
    millis = scheduler.settings().lease__time() * 1_000L;
    clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "serai-scheduler-leases");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        clock.scheduleWithFixedDelay(this::renew, millis / 4, millis / 4, TimeUnit.MILLISECONDS);
  }

  /** Lets go of everything. */
  @Deactivate
  public void stop() {
    clock.shutdownNow();
    kept.forEach(Kept::close);
  }

  @Override
  public boolean isShared() {
    return shared;
  }

  /**
   * Different for each holding: two calls of one server are as strange to each other as servers.
   */
  private String owner() {
    return engine.owner() + "#" + numbers.incrementAndGet();
  }

  @Override
  public Claim claim(String name, Consumer<Boolean> told) {
    Kept claim = new Kept(new Holding(leases, "claim/" + name, owner(), millis), told);
    kept.add(claim);
    clock.execute(claim::renew);
    return claim;
  }

  private void renew() {
    kept.forEach(Kept::renew);
  }

  @Override
  public Optional<Claim> hold(String name, Duration ttl, Duration wait)
      throws InterruptedException {
    long giveUp = System.nanoTime() + wait.toNanos();
    String owner = owner();
    long pause = FIRST_PAUSE_MILLIS;
    try {
      if (!engine.awaitLoaded(Duration.ofSeconds(5))) {
        throw new IllegalStateException(
            "The database of locks is not there: " + engine.fault().orElse(""));
      }
      while (true) {
        long asked = System.nanoTime();
        Optional<Long> number = leases.take(name, owner, 0, Math.max(1, ttl.toMillis()));
        if (number.isPresent()) {
          return Optional.of(new Held(name, owner, number.get(), asked + ttl.toNanos()));
        }
        long left = giveUp - System.nanoTime();
        if (left <= 0) {
          return Optional.empty();
        }
        TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(pause)));
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database of locks can't be used", e);
    }
  }

  /** A right that is held for a limited time. */
  private final class Held implements Claim {

    private final String name;
    private final String owner;
    private final long number;
    private final long end;
    private final AtomicBoolean closed = new AtomicBoolean();

    Held(String name, String owner, long number, long end) {
      this.name = name;
      this.owner = owner;
      this.number = number;
      this.end = end;
    }

    @Override
    public boolean isHeld() {
      return !closed.get() && end - System.nanoTime() > 0;
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public void close() {
      if (closed.getAndSet(true)) {
        return;
      }
      try {
        leases.release(name, owner, number);
      } catch (SQLException e) {
        LOG.warn("{} is let go of at the end of its time only: {}", name, e.getMessage());
      }
    }
  }

  /** A right that is kept for as long as possible; its work is done by one thread. */
  private final class Kept implements Claim {

    private final Holding holding;
    private final Consumer<Boolean> told;
    private boolean last;
    private boolean closed;

    Kept(Holding holding, Consumer<Boolean> told) {
      this.holding = holding;
      this.told = told;
    }

    synchronized void renew() {
      if (closed) {
        return;
      }
      try {
        boolean unused = holding.renew();
      } catch (SQLException e) {
        LOG.debug("A right can't be kept now", e);
      }
      boolean now = holding.isHeld();
      if (now != last) {
        last = now;
        told.accept(now);
      }
    }

    @Override
    public boolean isHeld() {
      return holding.isHeld();
    }

    @Override
    public long number() {
      return holding.number();
    }

    @Override
    public synchronized void close() {
      closed = true;
      boolean unused = kept.remove(this);
      try {
        holding.release();
      } catch (SQLException e) {
        LOG.warn("A right is let go of at the end of its time only: {}", e.getMessage());
      }
    }
  }
}
