package org.caravanserai.pubsub.internal.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.caravanserai.broker.Delivery;
import org.jspecify.annotations.Nullable;

/** One call for messages, from its beginning to its answer. It belongs to the turn of its inbox. */
final class Fetch {

  /** Highest priority first; of the same, what was published first. */
  private static final Comparator<Delivery> ORDER =
      Comparator.<Delivery>comparingInt(delivery -> -delivery.message().priority())
          .thenComparingLong(delivery -> delivery.message().receivedAt())
          .thenComparingLong(Delivery::number);

  private final List<String> queues;
  private final FetchRequest request;
  private final Consumer<List<Delivery>> answer;
  private final List<Delivery> got = new ArrayList<>();
  private final long deadline;
  private boolean ended;

  /** Ends its waiting, while it waits. */
  @Nullable ScheduledFuture<?> waiting;

  /**
   * A call.
   *
   * @param queues where it looks
   * @param answer gets the messages, once
   */
  Fetch(List<String> queues, FetchRequest request, Consumer<List<Delivery>> answer) {
    this.queues = queues;
    this.request = request;
    this.answer = answer;
    this.deadline = System.nanoTime() + request.waiting().toNanos();
  }

  List<String> queues() {
    return queues;
  }

  FetchRequest request() {
    return request;
  }

  void add(Delivery delivery) {
    got.add(delivery);
  }

  int count() {
    return got.size();
  }

  /** How many nanoseconds it may still wait. */
  long nanosLeft() {
    return deadline - System.nanoTime();
  }

  /**
   * Picks what is answered.
   *
   * @param unwanted whether a message can't be given now
   * @return what is left over, in the order in which it goes back
   */
  List<Delivery> pick(Predicate<Delivery> unwanted) {
    got.sort(ORDER);
    List<Delivery> picked = new ArrayList<>();
    List<Delivery> left = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    long length = 0;
    boolean full = false;
    for (Delivery each : got) {
      long size = each.message().data().length;
      full |=
          picked.size() >= request.maxMessages()
              // The first one is given whatever its size: nobody would ever get it else.
              || (!picked.isEmpty() && length + size > request.maxLength());
      if (full || unwanted.test(each) || !ids.add(each.message().id())) {
        left.add(each);
      } else {
        picked.add(each);
        length += size;
      }
    }
    got.clear();
    got.addAll(picked);
    left.sort(Comparator.comparingLong(Delivery::number).reversed());
    return left;
  }

  /** What has been picked. */
  List<Delivery> picked() {
    return List.copyOf(got);
  }

  /** Answers; a second time does nothing. */
  void end() {
    ScheduledFuture<?> timeout = waiting;
    if (timeout != null) {
      timeout.cancel(false);
    }
    if (!ended) {
      ended = true;
      answer.accept(picked());
    }
  }
}
