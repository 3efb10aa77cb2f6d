package org.caravanserai.pubsub.internal.desk;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.StoredMessage;
import org.caravanserai.pubsub.Replay;
import org.caravanserai.pubsub.internal.push.DeadLetters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives dead letters back to their queue, each in one step, at a certain pace. */
final class RunningReplay implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningReplay.class);
  private static final int AT_ONCE = 500;
  private static final double NANOS = 1_000_000_000.0;

  private final Broker broker;
  private final String id;
  private final String queue;
  private final String target;
  private final Predicate<StoredMessage> wanted;
  private final double rate;
  private final long startedAt = System.currentTimeMillis();
  private final Set<Long> left = new HashSet<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile String state = "running";
  private final AtomicLong replayed = new AtomicLong();
  private volatile long leftCount;
  private volatile @Nullable Instant endedAt;
  private volatile @Nullable String failure;

  /**
   * A replay that has not begun.
   *
   * @param wanted which messages
   * @param rate how many a second; 0 for no limit
   */
  RunningReplay(
      Broker broker,
      String id,
      String queue,
      String target,
      Predicate<StoredMessage> wanted,
      double rate) {
    this.broker = broker;
    this.id = id;
    this.queue = queue;
    this.target = target;
    this.wanted = wanted;
    this.rate = rate;
  }

  @Override
  public void run() {
    try {
      boolean isWhole = takeAll();
      end(isWhole ? "done" : "stopped");
    } catch (BrokerException e) {
      failure = String.valueOf(e.getMessage());
      end("failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end("stopped");
    } catch (RuntimeException e) {
      LOG.error("Replay of {} failed", queue, e);
      failure = "Internal error";
      end("failed");
    }
  }

  private boolean takeAll() throws InterruptedException {
    long begun = System.nanoTime();
    long taken = 0;
    while (true) {
      List<StoredMessage> next = broker.browse(queue, this::isNext, 0, AT_ONCE);
      if (next.isEmpty()) {
        return true;
      }
      for (StoredMessage message : next) {
        if (isStopped(begun, taken)) {
          return false;
        }
        taken++;
        if (broker.move(
            queue,
            message.number(),
            target,
            dead -> DeadLetters.revived(dead, System.currentTimeMillis()))) {
          replayed.incrementAndGet();
        } else {
          left.add(message.number());
          leftCount = left.size();
        }
      }
    }
  }

  /** What failed again since the start of the replay is not taken a second time. */
  private boolean isNext(StoredMessage stored) {
    Object failed = stored.message().properties().get(DeadLetters.LAST_AT);
    return !(failed instanceof Number time && time.longValue() > startedAt)
        && !left.contains(stored.number())
        && wanted.test(stored);
  }

  /** Waits for the time of the next one; whether the replay is stopped. */
  private boolean isStopped(long begun, long taken) throws InterruptedException {
    long wait = rate <= 0 ? 0 : begun + (long) (taken / rate * NANOS) - System.nanoTime();
    return stopped.await(Math.max(0, wait), TimeUnit.NANOSECONDS);
  }

  private void end(String how) {
    endedAt = Instant.now();
    state = how;
  }

  /** Lets it end before the next message. */
  void stop() {
    stopped.countDown();
  }

  String id() {
    return id;
  }

  String queue() {
    return queue;
  }

  boolean isRunning() {
    return state.equals("running");
  }

  /** As it is now. */
  Replay look() {
    return new Replay(
        id,
        queue,
        target,
        state,
        replayed.get(),
        leftCount,
        rate,
        Instant.ofEpochMilli(startedAt),
        Optional.ofNullable(endedAt),
        Optional.ofNullable(failure));
  }
}
