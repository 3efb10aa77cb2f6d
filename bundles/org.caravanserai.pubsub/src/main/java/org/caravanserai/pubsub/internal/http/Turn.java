package org.caravanserai.pubsub.internal.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing after the other, in the order in which they were given, holding no thread. */
final class Turn implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
  private static final int AT_ONCE = 100;

  private final Executor executor;
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  Turn(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    executor.execute(this::run);
  }

  private void run() {
    for (int done = 0; done < AT_ONCE; done++) {
      Runnable task;
      synchronized (tasks) {
        task = tasks.poll();
        if (task == null) {
          running = false;
          return;
        }
      }
      boolean broken = true;
      try {
        task.run();
        broken = false;
      } catch (RuntimeException e) {
        LOG.error("A step of fetching messages failed", e);
        broken = false;
      } finally {
        if (broken) {
          executor.execute(this::run);
        }
      }
    }
    // Others have a turn, too.
    executor.execute(this::run);
  }
}
