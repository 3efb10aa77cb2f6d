package org.caravanserai.pubsub.internal.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Delivery;
import org.caravanserai.pubsub.internal.push.Returns;
import org.jspecify.annotations.Nullable;

/**
 * All that the callers of one security definition fetch and hold. They take turns: while one
 * gathers messages the next one waits, so that none sees a queue empty whose messages another only
 * looks at. Who finds nothing waits aside, for the first message that comes.
 *
 * <p>No thread waits: everything is a step of one {@link Turn}, in which the broker may be called.
 */
final class Inbox {

  private static final long LOOK_MILLIS = 20;
  private static final long LONGEST_GATHERING = TimeUnit.SECONDS.toNanos(5);
  private static final long IDLE = TimeUnit.SECONDS.toNanos(30);

  private final Broker broker;
  private final Workers workers;
  private final Turn turn;
  private final Map<String, Source> sources = new HashMap<>();
  private final Leases leases;
  private final Deque<Fetch> next = new ArrayDeque<>();
  private final Deque<Fetch> aside = new ArrayDeque<>();
  private @Nullable Fetch current;
  private long begun;
  private boolean sweeping;

  Inbox(Broker broker, Workers workers, Returns returns) {
    this.broker = broker;
    this.workers = workers;
    turn = new Turn(workers);
    leases = new Leases(workers, turn, returns);
  }

  /** Begins to fetch. */
  void fetch(Fetch fetch) {
    turn.execute(
        () -> {
          next.add(fetch);
          proceed();
        });
  }

  /** Acknowledges what is held. */
  void acknowledge(List<String> ids, BiConsumer<Settled, @Nullable BrokerException> answer) {
    turn.execute(() -> leases.acknowledge(ids, answer));
  }

  /** Gives back what is held. */
  void release(List<String> ids, BiConsumer<Settled, @Nullable BrokerException> answer) {
    turn.execute(() -> leases.release(ids, answer));
  }

  /** What was fetched to be acknowledged by itself has been sent, or has not. */
  void sent(List<Delivery> messages, boolean written) {
    turn.execute(
        () -> {
          for (Delivery each : messages) {
            if (written) {
              each.acknowledge(Confirmation.NONE);
            }
          }
          if (!written) {
            leases.giveBack(messages);
          }
        });
  }

  /** What was fetched to be acknowledged by the caller has not been sent. */
  void lost(List<Delivery> messages) {
    turn.execute(() -> leases.end(messages));
  }

  /** Lets all go that wait for messages: the server stops. */
  void endWaiting() {
    turn.execute(
        () -> {
          List.copyOf(aside).forEach(Fetch::end);
          aside.clear();
          rest();
        });
  }

  /** A message has come; on a thread of the broker. */
  void arrived(Source source, Delivery delivery) {
    turn.execute(() -> take(source, delivery));
  }

  /** A queue has been deleted; on any thread. */
  void gone(Source source) {
    turn.execute(
        () -> {
          if (sources.remove(source.queue(), source)) {
            leases.forget(source.queue());
            source.expected = 0;
            completed();
            endForsaken();
          }
        });
  }

  /** Who waits for nothing but queues that are gone need not wait. */
  private void endForsaken() {
    for (Fetch each : List.copyOf(aside)) {
      if (each.queues().stream().noneMatch(sources::containsKey)) {
        aside.remove(each);
        each.end();
      }
    }
  }

  private void take(Source source, Delivery delivery) {
    source.seen();
    Fetch now = current;
    if (now != null && source.expected > 0) {
      int left = source.expected - 1;
      // Once it takes no more only those come that are on their way.
      source.expected = source.isFull() ? Math.min(left, source.coming()) : left;
      now.add(delivery);
      completed();
      return;
    }
    Fetch waiter = waiter(source);
    if (waiter == null) {
      delivery.release(false);
      return;
    }
    aside.remove(waiter);
    waiter.add(delivery);
    next.addFirst(waiter);
    proceed();
  }

  private @Nullable Fetch waiter(Source source) {
    for (Fetch each : aside) {
      if (each.queues().contains(source.queue())) {
        return each;
      }
    }
    return null;
  }

  private void proceed() {
    if (current != null) {
      return;
    }
    Fetch begins = next.poll();
    if (begins == null) {
      rest();
      return;
    }
    current = begins;
    begun = System.nanoTime();
    int room = begins.request().maxMessages() - begins.count();
    for (String queue : begins.queues()) {
      Source source = source(queue);
      if (source != null) {
        source.usedAt = begun;
        // What is there now is what this call counts on.
        source.expected = (int) Math.min(room, source.waiting() + source.coming());
        source.take(source.expected, begins.request().maxLength());
      }
    }
    completed();
    if (begins.equals(current)) {
      lookLater(begins);
    }
  }

  private void lookLater(Fetch fetch) {
    workers.later(LOOK_MILLIS, () -> turn.execute(() -> lookAgain(fetch)));
  }

  private @Nullable Source source(String queue) {
    Source known = sources.get(queue);
    if (known != null) {
      return known;
    }
    Source opened = new Source(queue, this, broker);
    try {
      opened.open();
    } catch (BrokerException e) {
      // Its queue has gone, or the broker has: there is nothing to be had.
      return null;
    }
    sources.put(queue, opened);
    sweepLater();
    return opened;
  }

  /** What was counted on may have expired, or somebody else has taken it. */
  private void lookAgain(Fetch fetch) {
    if (!fetch.equals(current)) {
      return;
    }
    boolean over = System.nanoTime() - begun > LONGEST_GATHERING;
    for (String queue : fetch.queues()) {
      Source source = sources.get(queue);
      if (source != null
          && source.expected > 0
          && (over || (source.waiting() == 0 && source.coming() == 0))) {
        source.expected = 0;
        source.forgetComing();
      }
    }
    completed();
    if (fetch.equals(current)) {
      lookLater(fetch);
    }
  }

  /** Ends the gathering once nothing more is expected. */
  private void completed() {
    Fetch fetch = current;
    if (fetch == null) {
      return;
    }
    for (String queue : fetch.queues()) {
      Source source = sources.get(queue);
      if (source != null && source.expected > 0) {
        return;
      }
    }
    current = null;
    fetch.queues().forEach(this::stop);
    Leases.giveBackUnseen(fetch.pick(leases::holds));
    if (fetch.count() > 0 || fetch.nanosLeft() <= 0) {
      leases.hold(fetch);
      fetch.end();
    } else {
      aside.add(fetch);
      long millis = TimeUnit.NANOSECONDS.toMillis(fetch.nanosLeft()) + 1;
      fetch.waiting = workers.timeout(millis, () -> turn.execute(() -> timeOut(fetch)));
    }
    turn.execute(this::proceed);
  }

  private void stop(String queue) {
    Source source = sources.get(queue);
    if (source != null) {
      source.take(0, 0);
    }
  }

  private void timeOut(Fetch fetch) {
    if (aside.remove(fetch)) {
      fetch.end();
      rest();
    }
  }

  /** Nobody gathers: the next message of a queue is for who waits for it. */
  private void rest() {
    if (current == null) {
      for (Source source : sources.values()) {
        source.take(waiter(source) == null ? 0 : 1, 1);
      }
    }
  }

  private void sweepLater() {
    if (!sweeping) {
      sweeping = true;
      workers.later(TimeUnit.NANOSECONDS.toMillis(IDLE), () -> turn.execute(this::sweep));
    }
  }

  /** Lets go of queues that nobody has used for a while. */
  private void sweep() {
    sweeping = false;
    long now = System.nanoTime();
    List<Source> idle =
        sources.values().stream()
            .filter(
                source ->
                    now - source.usedAt > IDLE
                        && !leases.isUsed(source.queue())
                        && waiter(source) == null
                        && (current == null || !current.queues().contains(source.queue())))
            .toList();
    idle.forEach(source -> sources.remove(source.queue()));
    idle.forEach(Source::close);
    if (!sources.isEmpty()) {
      sweepLater();
    }
  }
}
