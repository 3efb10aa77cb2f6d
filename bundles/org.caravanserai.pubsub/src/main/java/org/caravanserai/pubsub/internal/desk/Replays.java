package org.caravanserai.pubsub.internal.desk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.StoredMessage;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.DeskException.Reason;
import org.caravanserai.pubsub.MessageSearch;
import org.caravanserai.pubsub.Replay;
import org.caravanserai.pubsub.internal.QueueNames;

/** Replays of dead letters: those that run, and the last ones that have ended. */
final class Replays {

  private static final int THREADS = 4;
  private static final int KEPT = 100;
  private static final long IDLE_SECONDS = 30;

  private final Broker broker;
  private final ThreadPoolExecutor executor;
  private final Deque<RunningReplay> all = new ArrayDeque<>();
  private long last;

  Replays(Broker broker) {
    this.broker = broker;
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "serai-pubsub-replay");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** Begins a replay; see the desk. */
  synchronized Replay begin(String queue, MessageSearch search, List<Long> numbers, double rate)
      throws DeskException {
    String target =
        QueueNames.origin(queue)
            .orElseThrow(
                () -> new DeskException(Reason.INVALID, queue + " is no queue of dead letters"));
    if (broker.queue(queue).isEmpty()) {
      throw Faults.noQueue(queue);
    }
    if (broker.queue(target).isEmpty()) {
      throw new DeskException(
          Reason.CONFLICT,
          "Queue " + target + " is not there any more: its subscription has to be back first");
    }
    if (all.stream().anyMatch(other -> other.isRunning() && other.queue().equals(queue))) {
      throw new DeskException(Reason.CONFLICT, queue + " is being replayed already");
    }
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new DeskException(Reason.INVALID, "rate: expected a number that is not negative");
    }
    Predicate<StoredMessage> wanted = new Wanted(search);
    if (!numbers.isEmpty()) {
      Set<Long> chosen = new HashSet<>(numbers);
      wanted = wanted.and(stored -> chosen.contains(stored.number()));
    }
    last++;
    RunningReplay replay =
        new RunningReplay(broker, Long.toString(last), queue, target, wanted, rate);
    all.addFirst(replay);
    while (all.size() > KEPT && !all.getLast().isRunning()) {
      all.removeLast();
    }
    executor.execute(replay);
    return replay.look();
  }

  synchronized List<Replay> all() {
    return all.stream().map(RunningReplay::look).toList();
  }

  private synchronized Optional<RunningReplay> find(String id) {
    return all.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  Optional<Replay> find(String id, boolean stop) {
    Optional<RunningReplay> found = find(id);
    if (stop) {
      found.ifPresent(RunningReplay::stop);
    }
    return found.map(RunningReplay::look);
  }

  /** Stops all of them. */
  synchronized void stop() {
    all.forEach(RunningReplay::stop);
    executor.shutdown();
  }
}
