package org.caravanserai.runtime.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is closed when a call ends, such as the replies of services whose streams it reads. */
final class Holdings extends AtomicReference<Holdings.@Nullable Item> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Holdings.class);
  private static final Item ENDED = new Item(() -> {}, null);

  /** Holds something until the end; {@code false} if the end has come already. */
  boolean add(AutoCloseable held) {
    Item before = get();
    while (before != ENDED) {
      if (compareAndSet(before, new Item(held, before))) {
        return true;
      }
      before = get();
    }
    return false;
  }

  /** Closes everything; {@code false} if that has been done before. */
  boolean end() {
    Item last = getAndSet(ENDED);
    if (last == ENDED) {
      return false;
    }
    for (Item item = last; item != null; item = item.before) {
      close(item.held);
    }
    return true;
  }

  boolean hasEnded() {
    return get() == ENDED;
  }

  /** Closes something; failures matter to nobody any more. */
  static void close(AutoCloseable held) {
    try {
      held.close();
    } catch (Exception failure) {
      LOG.debug("Closing failed", failure);
    }
  }

  /** Something that is held, and what was held before. */
  static final class Item {

    private final AutoCloseable held;
    private final @Nullable Item before;

    Item(AutoCloseable held, @Nullable Item before) {
      this.held = held;
      this.before = before;
    }
  }
}
