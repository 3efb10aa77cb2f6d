package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Callers, each on a connection of its own, who call again and again until they are stopped. */
final class Load implements AutoCloseable {

  /** One call; an exception or a failed assertion is a failed call. */
  @FunctionalInterface
  interface Step {
    void call(RawConnection on) throws Exception;
  }

  private final Server server;
  private final List<Thread> threads = new ArrayList<>();
  private volatile Map<String, Tally> tallies = new ConcurrentSkipListMap<>();
  private volatile boolean running = true;

  Load(Server server) {
    this.server = server;
  }

  /** Callers of a path that answers with a text that fits. */
  Load callers(String kind, int count, String path, String expected) {
    return callers(
        kind,
        count,
        on ->
            assertThat(on.get(path))
                .matches(each -> each.status() == 200 && each.body().matches(expected)));
  }

  /** Callers who do something on their connection. */
  Load callers(String kind, int count, Step step) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> call(kind, step), kind + "-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    return this;
  }

  private void call(String kind, Step step) {
    RawConnection connection = null;
    while (running) {
      long begun = System.nanoTime();
      try {
        connection = connection == null ? new RawConnection(server.traffic("")) : connection;
        step.call(connection);
        tally(kind).succeeded(System.nanoTime() - begun);
      } catch (LostOnPurpose e) {
        tally(kind).succeeded(System.nanoTime() - begun);
        connection = null;
      } catch (Exception | AssertionError e) {
        tally(kind).failed(String.valueOf(e));
        close(connection);
        connection = null;
      }
      // The machine is to be under load, not out of breath.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    close(connection);
  }

  /** Says that a caller has ended its connection itself. */
  static final class LostOnPurpose extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private Tally tally(String kind) {
    return tallies.computeIfAbsent(kind, any -> new Tally());
  }

  private static void close(@Nullable RawConnection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What the callers have met since they began or since this was asked last. */
  Map<String, Tally> take() {
    Map<String, Tally> taken = tallies;
    tallies = new ConcurrentSkipListMap<>();
    return taken;
  }

  /** Fails if some call has failed. */
  static void assertNoneFailed(Map<String, Tally> taken) {
    assertThat(taken).isNotEmpty();
    taken.forEach(
        (kind, tally) -> {
          assertThat(tally.reasons()).as("failed calls: %s", kind).isEmpty();
          assertThat(tally.calls()).as("calls: %s", kind).isPositive();
        });
  }

  /** As members of a JSON object. */
  static String json(Map<String, Tally> taken) {
    return taken.entrySet().stream()
        .map(each -> each.getValue().json(each.getKey()))
        .collect(Collectors.joining(","));
  }

  /** Lets the callers end the call that they are at, and fails if one of them hangs. */
  void stop() {
    running = false;
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(40).toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      assertThat(thread.isAlive()).as("%s hangs", thread.getName()).isFalse();
    }
    threads.clear();
  }

  @Override
  public void close() {
    running = false;
  }
}
