package org.caravanserai.cache.internal;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The memory that all caches share: when it is full the largest of them forgets. */
final class Memory {

  private static final int AT_ONCE = 64;

  private final Set<MemoryStore> stores = ConcurrentHashMap.newKeySet();
  private final ReentrantLock shedding = new ReentrantLock();
  private volatile long limit;

  Memory(long limit) {
    this.limit = limit;
  }

  void add(MemoryStore store) {
    stores.add(store);
  }

  void remove(MemoryStore store) {
    stores.remove(store);
  }

  /** How much there is, in bytes. */
  long limit() {
    return limit;
  }

  void setLimit(long bytes) {
    limit = bytes;
    makeRoom();
  }

  /** How much is taken, in bytes, about. */
  long used() {
    long used = 0;
    for (MemoryStore store : stores) {
      used += store.bytes();
    }
    return used;
  }

  /** Takes away the values of all caches whose time is up. */
  void sweep() {
    stores.forEach(MemoryStore::sweep);
  }

  /**
   * Sheds what has not been used for longest, until the rest fits with a little room, so that not
   * each write has to. One thread at a time does.
   */
  void makeRoom() {
    while (used() > limit && shedding.tryLock()) {
      try {
        MemoryStore largest =
            stores.stream().max(Comparator.comparingLong(MemoryStore::bytes)).orElse(null);
        if (largest == null) {
          return;
        }
        // what is over its own size goes first: it may not have been taken away yet
        largest.trim();
        if (used() > limit && largest.shed(AT_ONCE, this::hasRoom) == 0) {
          return;
        }
      } finally {
        shedding.unlock();
      }
    }
  }

  private boolean hasRoom() {
    return used() <= limit - limit / AT_ONCE;
  }
}
