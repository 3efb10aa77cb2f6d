package org.caravanserai.sql.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pool of one configuration of a connection. Once it is retired it gives out no connection any
 * more, and closes when the last one has come back.
 */
final class Pool {

  private static final int RETIRED = Integer.MIN_VALUE;
  private static final long LOOK_MILLIS = 50;
  private static final long SHORTEST_TIMEOUT = 250;
  private static final long LONGEST_VALIDATION = 5_000;

  private final String connection;
  private final HikariDataSource pool;
  private final ScheduledExecutorService clock;
  private final Runnable closed;

  /** How many are about to take a connection; the sign bit says retired. */
  private final AtomicInteger entering = new AtomicInteger();

  /**
   * A pool without connections; they are made when they are wanted.
   *
   * @param source makes connections
   * @param clock looks after the pool
   * @param closed called when it is closed
   */
  Pool(
      SqlConnection configuration,
      DriverDataSource source,
      ScheduledExecutorService clock,
      Runnable closed) {
    this.connection = configuration.name();
    this.clock = clock;
    this.closed = closed;
    long timeout = Math.max(configuration.connectionTimeout().toMillis(), SHORTEST_TIMEOUT);
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("sql-" + configuration.name());
    hikari.setDataSource(source);
    hikari.setMaximumPoolSize(configuration.poolSize());
    hikari.setMinimumIdle(0);
    hikari.setConnectionTimeout(timeout);
    hikari.setValidationTimeout(Math.min(timeout, LONGEST_VALIDATION));
    // A database that is away must not keep its object from opening.
    hikari.setInitializationFailTimeout(-1);
    hikari.setScheduledExecutor(clock);
    hikari.setThreadFactory(
        work -> {
          Thread thread = new Thread(work, "sql-" + configuration.name());
          thread.setDaemon(true);
          return thread;
        });
    pool = new HikariDataSource(hikari);
  }

  /** The name of the connection whose pool it is. */
  String connection() {
    return connection;
  }

  /** How many connections are in use. */
  int active() {
    HikariPoolMXBean state = pool.getHikariPoolMXBean();
    return state == null ? 0 : state.getActiveConnections();
  }

  /** How many connections wait to be used. */
  int idle() {
    HikariPoolMXBean state = pool.getHikariPoolMXBean();
    return state == null ? 0 : state.getIdleConnections();
  }

  /** How many calls wait for a connection. */
  int waiting() {
    HikariPoolMXBean state = pool.getHikariPoolMXBean();
    return state == null ? 0 : state.getThreadsAwaitingConnection();
  }

  /** Whether it gives out no connection any more. */
  boolean isRetired() {
    return entering.get() < 0;
  }

  /**
   * A connection, to be closed.
   *
   * @throws SQLException if there is none in time, or the pool is retired
   */
  Connection take() throws SQLException {
    if (entering.getAndIncrement() < 0) {
      leave();
      throw new SQLException("the pool is closed");
    }
    try {
      return pool.getConnection();
    } finally {
      leave();
    }
  }

  private void leave() {
    if (entering.decrementAndGet() == RETIRED) {
      closeSoon();
    }
  }

  /** Gives out no connection any more. */
  void retire() {
    if (entering.getAndUpdate(now -> now | RETIRED) == 0) {
      closeSoon();
    }
  }

  /** Aside: to close may take a while, and whoever edits an object is not to wait for it. */
  private void closeSoon() {
    try {
      clock.execute(this::closeWhenIdle);
    } catch (RejectedExecutionException e) {
      close();
    }
  }

  private void closeWhenIdle() {
    HikariPoolMXBean state = pool.getHikariPoolMXBean();
    if (state == null || state.getActiveConnections() == 0 || clock.isShutdown()) {
      close();
    } else {
      Future<?> unused = clock.schedule(this::closeWhenIdle, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Closes it, whoever uses it. */
  void close() {
    if (!pool.isClosed()) {
      pool.close();
    }
    closed.run();
  }
}
