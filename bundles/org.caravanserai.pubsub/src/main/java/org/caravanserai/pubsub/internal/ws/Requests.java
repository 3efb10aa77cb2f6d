package org.caravanserai.pubsub.internal.ws;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The frames of one client that wait for their answers: how many, and how large. */
final class Requests {

  private final int max;
  private final long maxBytes;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  Requests(int max, long maxBytes) {
    this.max = max;
    this.maxBytes = maxBytes;
  }

  void begin(int size) {
    count.incrementAndGet();
    bytes.addAndGet(size);
  }

  void end(int size) {
    bytes.addAndGet(-size);
    count.decrementAndGet();
  }

  boolean hasRoom() {
    return count.get() < max && bytes.get() < maxBytes;
  }

  boolean isEmpty() {
    return count.get() == 0;
  }
}
