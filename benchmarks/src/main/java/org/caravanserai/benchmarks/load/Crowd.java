package org.caravanserai.benchmarks.load;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Callers of one path, each on a keep-alive connection of its own with one request every 20 ms, who
 * count every answer that is not as it should be.
 */
public final class Crowd implements AutoCloseable {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int HUNG_MILLIS = 10_000;

  private final int port;
  private final String path;
  private final List<Caller> callers = new ArrayList<>();
  private volatile boolean over;

  /** Starts them. */
  public Crowd(int port, String path, int size) {
    this.port = port;
    this.path = path;
    for (int i = 0; i < size; i++) {
      var caller = new Caller(i * PAUSE / size);
      callers.add(caller);
      caller.start();
    }
  }

  /** Ends them after their last answer, and tells what they saw. */
  public Experience end() throws InterruptedException {
    over = true;
    var all = new Experience();
    for (Caller caller : callers) {
      caller.join();
      all.add(caller.experience);
    }
    return all;
  }

  @Override
  public void close() {
    over = true;
  }

  private final class Caller extends Thread {

    private final long delay;
    private final Experience experience = new Experience();
    private @Nullable Connection connection;

    Caller(long delay) {
      super("caller");
      this.delay = delay;
      setDaemon(true);
    }

    @Override
    public void run() {
      LockSupport.parkNanos(delay);
      while (!over) {
        long began = System.nanoTime();
        call(began);
        LockSupport.parkNanos(PAUSE - (System.nanoTime() - began));
      }
      hangUp();
    }

    private void call(long began) {
      try {
        if (connection == null) {
          connection = new Connection(port, HUNG_MILLIS);
        }
        Answer answer = connection.get(path);
        experience.answered(answer.status(), (System.nanoTime() - began) / 1e6);
        if (!connection.isOpen()) {
          hangUp();
        }
      } catch (SocketTimeoutException e) {
        experience.hung();
        hangUp();
      } catch (IOException | RuntimeException e) {
        experience.reset();
        hangUp();
      }
    }

    private void hangUp() {
      if (connection != null) {
        connection.close();
        connection = null;
      }
    }
  }
}
