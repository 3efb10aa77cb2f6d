package org.caravanserai.scheduler.internal.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Which job is due when; used by one thread. What is out of date is passed over. */
final class Agenda {

  private final PriorityQueue<Item> items =
      new PriorityQueue<>(Comparator.comparingLong(Item::time));

  private record Item(long time, Entry entry) {}

  void add(Entry entry) {
    if (entry.dueAt() != Entry.NEVER) {
      items.add(new Item(entry.dueAt(), entry));
    }
  }

  /** The time of the first one; a late one if there is none. */
  long first() {
    Item first = items.peek();
    return first == null ? Entry.NEVER / 2 : first.time();
  }

  /** Takes out what is due, each job once. */
  List<Entry> due(long now, int limit) {
    List<Entry> due = new ArrayList<>();
    Item first = items.peek();
    while (first != null && first.time() <= now && due.size() < limit) {
      items.remove();
      Entry entry = first.entry();
      if (entry.dueAt() == first.time()) {
        // Not again before it has been given another time.
        entry.postpone(Entry.NEVER);
        due.add(entry);
      }
      first = items.peek();
    }
    return due;
  }
}
