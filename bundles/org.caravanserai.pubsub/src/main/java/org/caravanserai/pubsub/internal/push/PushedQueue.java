package org.caravanserai.pubsub.internal.push;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.Broker.Placed;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Consumption;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.Receiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One queue whose messages are pushed.
 *
 * <p>A few messages are fetched ahead, so that the next one is at hand when one is done with. A
 * message that failed steps aside until its time has come, and those behind it go on; those with
 * its key wait behind it in a lane. What is held in memory so is limited: then the queue waits.
 */
final class PushedQueue implements Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(PushedQueue.class);
  private static final int AHEAD = 16;
  private static final long SOON_MILLIS = 50;
  private static final long LATER_MILLIS = 1000;
  private static final int MOST_DOUBLINGS = 5;

  private final String queue;
  private final PushLimits limits;
  private final ScheduledExecutorService clock;
  private final DeadLetters deadLetters;
  private volatile PushRules rules;
  private volatile PushTarget target;

  private final Object lock = new Object();
  private final Set<PushedMessage> messages = new HashSet<>();
  private final PriorityQueue<PushedMessage> ready = new PriorityQueue<>();

  /** Those that wait behind a message of their key; a key is here while it has one on its way. */
  private final Map<String, Deque<PushedMessage>> lanes = new HashMap<>();

  private int running;
  private boolean closed;

  /** What {@link #isReady} looks at, which must not wait for the lock. */
  private final AtomicInteger held = new AtomicInteger();

  private final AtomicLong heldBytes = new AtomicLong();
  private final AtomicInteger fetched = new AtomicInteger();
  private volatile boolean wantsResume;
  private volatile @Nullable Consumption consumption;
  private volatile @Nullable Broker broker;

  private final AtomicInteger pumping = new AtomicInteger();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder dead = new LongAdder();
  private volatile @Nullable String lastFailure;

  PushedQueue(
      String queue,
      PushRules rules,
      PushTarget target,
      PushLimits limits,
      ScheduledExecutorService clock,
      DeadLetters deadLetters) {
    this.queue = queue;
    this.rules = rules;
    this.target = target;
    this.limits = limits;
    this.clock = clock;
    this.deadLetters = deadLetters;
  }

  /**
   * Begins to consume.
   *
   * @throws BrokerException if there is no such queue
   */
  void start(Broker broker) {
    this.broker = broker;
    Consumption started = broker.consume(queue, this);
    consumption = started;
    if (isClosed()) {
      started.close();
    } else {
      started.resume();
    }
  }

  /** Goes on by other rules, or to another target; what is on its way ends as it began. */
  void change(PushRules changed, PushTarget to) {
    rules = changed;
    target = to;
    pump();
    resume();
  }

  /**
   * Begins no attempt any more, and gives back what has none.
   *
   * @return completes when the attempts that are on their way have ended, and the queue has all
   *     that was not delivered
   */
  CompletionStage<Void> close() {
    List<PushedMessage> left;
    boolean isEmpty;
    synchronized (lock) {
      if (closed) {
        return drained;
      }
      closed = true;
      left = messages.stream().filter(message -> !message.isRunning()).toList();
      left.forEach(this::forget);
      isEmpty = running == 0;
    }
    left.forEach(PushedQueue::release);
    if (isEmpty) {
      end();
    }
    return drained;
  }

  /** What has become of its messages. */
  PushStatus status() {
    int on;
    synchronized (lock) {
      on = running;
    }
    return new PushStatus(
        on,
        Math.max(0, held.get() - on - fetched.get()),
        delivered.sum(),
        failures.sum(),
        dead.sum(),
        Optional.ofNullable(lastFailure));
  }

  @Override
  public boolean isReady() {
    if (hasRoom()) {
      return true;
    }
    wantsResume = true;
    // Room may have been made since, by who did not know that somebody waits for it.
    return hasRoom();
  }

  private boolean hasRoom() {
    int now = held.get();
    return fetched.get() < Math.max(AHEAD, rules.concurrency())
        && now < Math.max(limits.messages(), rules.concurrency())
        && (now == 0 || heldBytes.get() < limits.bytes());
  }

  @Override
  public void receive(Delivery delivery) {
    PushedMessage message = new PushedMessage(delivery, rules.order().of(delivery.message()));
    synchronized (lock) {
      if (!closed) {
        messages.add(message);
        held.incrementAndGet();
        heldBytes.addAndGet(message.size());
        line(message);
        message = null;
      }
    }
    if (message != null) {
      release(message);
      return;
    }
    pump();
  }

  private void line(PushedMessage message) {
    String key = message.key();
    if (key != null) {
      Deque<PushedMessage> lane = lanes.get(key);
      if (lane != null) {
        lane.addLast(message);
        return;
      }
      lanes.put(key, new ArrayDeque<>());
    }
    makeReady(message);
  }

  private void makeReady(PushedMessage message) {
    ready.add(message);
    fetched.incrementAndGet();
  }

  @Override
  public void gone() {
    synchronized (lock) {
      closed = true;
      ready.clear();
      lanes.clear();
      messages.clear();
    }
    drained.complete(null);
  }

  /** Begins what may begin, one after the other, whoever asks. */
  private void pump() {
    if (pumping.getAndIncrement() != 0) {
      return;
    }
    int asked = 1;
    while (asked != 0) {
      for (PushedMessage next = next(); next != null; next = next()) {
        begin(next);
      }
      resume();
      asked = pumping.addAndGet(-asked);
    }
  }

  private @Nullable PushedMessage next() {
    synchronized (lock) {
      if (closed || running >= rules.concurrency()) {
        return null;
      }
      PushedMessage next = ready.poll();
      if (next != null) {
        fetched.decrementAndGet();
        next.setRunning(true);
        running++;
      }
      return next;
    }
  }

  private void begin(PushedMessage message) {
    try {
      target.deliver(message, outcome -> ended(message, outcome));
    } catch (RuntimeException e) {
      LOG.error("{}: pushing message {} failed", queue, message.message().id(), e);
      ended(message, new PushOutcome.Failed("Internal error", 500, message.message().cid()));
    }
  }

  private void ended(PushedMessage message, PushOutcome outcome) {
    if (outcome instanceof PushOutcome.Delivered success) {
      lastFailure = null;
      if (success.answers().isEmpty()) {
        delivered.increment();
        boolean unused = message.delivery().acknowledge(new Unacknowledged(message));
        done(message);
      } else {
        answer(message, success.answers());
      }
    } else if (outcome instanceof PushOutcome.Postponed postponed) {
      postpone(message, postponed);
    } else if (outcome instanceof PushOutcome.Failed failed) {
      fail(message, failed);
    }
  }

  /** It stays on its way until those who wait for it have the answer, in the same step. */
  private void answer(PushedMessage message, List<Placed> answers) {
    Broker storing = broker;
    if (storing == null) {
      throw new IllegalStateException(queue + " is not pushed");
    }
    storing.replace(
        List.of(message.delivery()),
        answers,
        new Confirmation() {
          @Override
          public void confirmed() {
            delivered.increment();
            done(message);
          }

          @Override
          public void failed(BrokerException failure) {
            LOG.warn(
                "{}: what became of message {} could not be told: {}",
                queue,
                message.message().id(),
                failure.getMessage());
            if (isClosed()) {
              giveBack(message);
            } else {
              after(LATER_MILLIS, () -> answer(message, answers));
            }
          }
        });
  }

  /** It keeps its place: nobody else could be served either. */
  private void postpone(PushedMessage message, PushOutcome.Postponed postponed) {
    if (!postponed.reason().equals(lastFailure)) {
      LOG.info("{}: messages wait: {}", queue, postponed.reason());
      lastFailure = postponed.reason();
    }
    if (isClosed()) {
      giveBack(message);
      return;
    }
    int doublings = Math.min(message.postponed() - 1, MOST_DOUBLINGS);
    after(
        Math.min(SOON_MILLIS << doublings, LATER_MILLIS),
        () -> {
          if (isClosed()) {
            giveBack(message);
          } else {
            begin(message);
          }
        });
  }

  private void fail(PushedMessage message, PushOutcome.Failed failed) {
    long now = System.currentTimeMillis();
    message.failed(failed, now);
    failures.increment();
    lastFailure = failed.reason();
    PushRules by = rules;
    if (by.isExhausted(message, now)) {
      LOG.warn(
          "{}: message {} becomes a dead letter after {} attempts: {}",
          failed.cid(),
          message.message().id(),
          message.count() - 1,
          failed.reason());
      bury(message);
      return;
    }
    LOG.debug("{}: message {}: {}", failed.cid(), message.message().id(), failed.reason());
    if (isClosed()) {
      giveBack(message);
      return;
    }
    synchronized (lock) {
      stopRunning(message);
    }
    after(
        by.backoff().millis(message.attempts(), ThreadLocalRandom.current()::nextDouble),
        () -> retry(message));
    pump();
  }

  private void retry(PushedMessage message) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      makeReady(message);
    }
    pump();
  }

  /** It stays on its way until it is a dead letter, and what waits behind it in order waits on. */
  private void bury(PushedMessage message) {
    StoredCall call = message.call();
    deadLetters.bury(
        message.delivery(),
        message.cause(),
        call == null
            ? List.of()
            : call.answers(call.failed(message.message().topic(), message.cause().reason())),
        new Confirmation() {
          @Override
          public void confirmed() {
            dead.increment();
            done(message);
          }

          @Override
          public void failed(BrokerException failure) {
            LOG.warn(
                "{}: message {} could not be made a dead letter: {}",
                queue,
                message.message().id(),
                failure.getMessage());
            if (isClosed()) {
              giveBack(message);
            } else {
              after(LATER_MILLIS, () -> bury(message));
            }
          }
        });
  }

  /** It is done with: whoever waits behind it may go. */
  private void done(PushedMessage message) {
    boolean isLast;
    synchronized (lock) {
      forget(message);
      stopRunning(message);
      String key = message.key();
      Deque<PushedMessage> lane = key == null || closed ? null : lanes.get(key);
      PushedMessage follower = lane == null ? null : lane.poll();
      if (follower != null) {
        makeReady(follower);
      } else if (lane != null) {
        lanes.remove(key);
      }
      isLast = closed && running == 0;
    }
    if (isLast) {
      end();
    } else {
      pump();
    }
  }

  /** The queue is not pushed any more. */
  private void giveBack(PushedMessage message) {
    boolean isLast;
    synchronized (lock) {
      forget(message);
      stopRunning(message);
      isLast = running == 0;
    }
    release(message);
    if (isLast) {
      end();
    }
  }

  private void forget(PushedMessage message) {
    if (messages.remove(message)) {
      held.decrementAndGet();
      heldBytes.addAndGet(-message.size());
    }
  }

  private void stopRunning(PushedMessage message) {
    if (message.isRunning()) {
      message.setRunning(false);
      running--;
    }
  }

  private static void release(PushedMessage message) {
    message.delivery().release(message.attempts() > 0);
  }

  private void end() {
    Consumption mine = consumption;
    if (mine != null) {
      mine.close();
    }
    drained.complete(null);
  }

  private void resume() {
    Consumption mine = consumption;
    if (wantsResume && mine != null && hasRoom() && !isClosed()) {
      wantsResume = false;
      mine.resume();
    }
  }

  /** The queue's name. */
  String queue() {
    return queue;
  }

  /** Whether it is pushed. */
  boolean isOpen() {
    return !isClosed();
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private void after(long millis, Runnable work) {
    try {
      var unused = clock.schedule(() -> guarded(work), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("{}: the server is stopping", queue, stopping);
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("{}: pushing failed", queue, e);
    }
  }

  /** Tells the log of a message that was delivered and may come again. */
  private final class Unacknowledged implements Confirmation {

    private final PushedMessage message;

    Unacknowledged(PushedMessage message) {
      this.message = message;
    }

    @Override
    public void confirmed() {
      // It never comes again.
    }

    @Override
    public void failed(BrokerException failure) {
      LOG.warn(
          "{}: message {} was delivered and may come again: {}",
          queue,
          message.message().id(),
          failure.getMessage());
    }
  }
}
