package org.caravanserai.management.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * The last events, as many as fit. Each reader goes on from the number it has; who is too slow
 * loses what is not there any more, and holds nobody up.
 */
final class EventMemory {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private final int mostEvents;
  private final int mostCharacters;
  private final long before;
  private long last;
  private long characters;
  private boolean isClosed;

  /**
   * Keeps nothing yet.
   *
   * @param before the number before that of the first event
   */
  EventMemory(int mostEvents, int mostCharacters, long before) {
    this.mostEvents = mostEvents;
    this.mostCharacters = mostCharacters;
    this.before = before;
    this.last = before;
  }

  /**
   * Some events.
   *
   * @param events they
   * @param lost how many came before them that are not there any more
   * @param last the number from which to go on
   */
  record Batch(List<Event> events, long lost, long last) {}

  /** Adds an event, made from its number. */
  void add(LongFunction<Event> made) {
    lock.lock();
    try {
      Event event = made.apply(last + 1);
      last = event.number();
      events.add(event);
      characters += event.size();
      while (events.size() > mostEvents || (characters > mostCharacters && events.size() > 1)) {
        characters -= events.remove().size();
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The number of the last event. */
  long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** All that are there. */
  List<Event> all() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  /**
   * What came after an event; waits until there is something, or the time is over.
   *
   * @param number that of the event; one of another life of the server means all there are
   */
  Batch after(long number, int limit, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long from = number < before || number > last ? before : number;
      long nanos = patience.toNanos();
      while (from == last && !isClosed && nanos > 0) {
        nanos = more.awaitNanos(nanos);
      }
      if (from == last) {
        return new Batch(List.of(), 0, from);
      }
      long first = events.getFirst().number();
      List<Event> next = new ArrayList<>();
      for (Event each : events) {
        if (each.number() > from && next.size() < limit) {
          next.add(each);
        }
      }
      return new Batch(next, Math.max(0, first - from - 1), next.get(next.size() - 1).number());
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits any more. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return isClosed;
    } finally {
      lock.unlock();
    }
  }
}
