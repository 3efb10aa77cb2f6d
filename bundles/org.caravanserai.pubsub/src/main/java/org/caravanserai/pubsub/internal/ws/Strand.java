package org.caravanserai.pubsub.internal.ws;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing after the other, on threads that it shares with others. */
final class Strand {

  private static final Logger LOG = LoggerFactory.getLogger(Strand.class);

  /** How many things are done before others have their turn. */
  private static final int TURN = 64;

  private final Executor threads;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  Strand(Executor threads) {
    this.threads = threads;
  }

  /** Does something after all that was given before; nothing any more if the threads have ended. */
  void execute(Runnable work) {
    queue.add(work);
    if (count.getAndIncrement() == 0) {
      continueLater();
    }
  }

  private void continueLater() {
    try {
      threads.execute(this::run);
    } catch (RejectedExecutionException e) {
      LOG.debug("work is left undone at the end", e);
    }
  }

  private void run() {
    for (int i = 0; i < TURN; i++) {
      Runnable next = queue.remove();
      try {
        next.run();
      } catch (RuntimeException e) {
        LOG.error("Work for a WebSocket of publish/subscribe failed", e);
      }
      if (count.decrementAndGet() == 0) {
        return;
      }
    }
    continueLater();
  }
}
