package org.caravanserai.pubsub.internal.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Delivery;
import org.caravanserai.pubsub.internal.push.Returns;
import org.jspecify.annotations.Nullable;

/**
 * The messages that callers hold until they acknowledge them. They belong to the turn of an inbox.
 */
final class Leases {

  private final Workers workers;
  private final Turn turn;
  private final Returns returns;
  private final Map<String, Delivery> held = new HashMap<>();

  Leases(Workers workers, Turn turn, Returns returns) {
    this.workers = workers;
    this.turn = turn;
    this.returns = returns;
  }

  /** Whether a message of the same id is held. */
  boolean holds(Delivery delivery) {
    return held.containsKey(delivery.message().id());
  }

  /** Whether a message of a queue is held. */
  boolean isUsed(String queue) {
    return held.values().stream().anyMatch(delivery -> delivery.queue().equals(queue));
  }

  /** Holds what a call has fetched, if it wants that. */
  void hold(Fetch fetch) {
    if (fetch.request().lease().isEmpty() || fetch.count() == 0) {
      return;
    }
    List<Delivery> messages = fetch.picked();
    messages.forEach(each -> held.put(each.message().id(), each));
    workers.later(
        fetch.request().lease().get().toMillis(), () -> turn.execute(() -> end(messages)));
  }

  /** Gives back those that are still held. */
  void end(List<Delivery> messages) {
    List<Delivery> left = new ArrayList<>();
    for (Delivery each : messages) {
      if (held.remove(each.message().id(), each)) {
        left.add(each);
      }
    }
    giveBack(left);
  }

  /** The messages of a queue are gone with it. */
  void forget(String queue) {
    held.values().removeIf(delivery -> delivery.queue().equals(queue));
  }

  /** Acknowledges messages; the answer comes when the disk knows. */
  void acknowledge(List<String> ids, BiConsumer<Settled, @Nullable BrokerException> answer) {
    List<String> unknown = new ArrayList<>();
    List<Delivery> known = take(ids, unknown);
    Together together =
        new Together(
            known.size(),
            failure -> answer.accept(new Settled(ids(ids) - unknown.size(), unknown), failure));
    for (Delivery each : known) {
      if (!each.acknowledge(together)) {
        unknown.add(each.message().id());
        together.confirmed();
      }
    }
    together.begun();
  }

  private static int ids(List<String> ids) {
    return new LinkedHashSet<>(ids).size();
  }

  /** Gives messages back, to be delivered again. */
  void release(List<String> ids, BiConsumer<Settled, @Nullable BrokerException> answer) {
    List<String> unknown = new ArrayList<>();
    List<Delivery> known = take(ids, unknown);
    giveBack(known);
    answer.accept(new Settled(known.size(), unknown), null);
  }

  private List<Delivery> take(List<String> ids, List<String> unknown) {
    List<Delivery> known = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      Delivery delivery = held.remove(id);
      if (delivery == null) {
        unknown.add(id);
      } else {
        known.add(delivery);
      }
    }
    return known;
  }

  /** Puts messages back that somebody has had, in their old order. */
  void giveBack(List<Delivery> messages) {
    inOldOrder(messages).forEach(returns::take);
  }

  /** Puts messages back that nobody has had, in their old order. */
  static void giveBackUnseen(List<Delivery> messages) {
    inOldOrder(messages).forEach(each -> each.release(false));
  }

  private static Stream<Delivery> inOldOrder(List<Delivery> messages) {
    return messages.stream().sorted(Comparator.comparingLong(Delivery::number).reversed());
  }
}
