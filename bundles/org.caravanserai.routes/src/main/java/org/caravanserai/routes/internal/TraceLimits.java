package org.caravanserai.routes.internal;

import java.util.concurrent.atomic.AtomicLong;

/** How much traces may record. All traces of the server share the memory for what they record. */
final class TraceLimits {

  /** How many messages one records where nobody says more. */
  static final int USUAL_MESSAGES = 10;

  /** How many seconds one lasts where nobody says more. */
  static final int USUAL_SECONDS = 300;

  /** How many processors of one message are recorded. */
  static final int STEPS = 1000;

  private final int messages;
  private final int seconds;
  private final int bodySize;
  private final long size;
  private final AtomicLong used = new AtomicLong();

  TraceLimits(int messages, int seconds, int bodySize, long size) {
    this.messages = messages;
    this.seconds = seconds;
    this.bodySize = bodySize;
    this.size = size;
  }

  /** How many messages a trace may want. */
  int messages() {
    return messages;
  }

  /** How many seconds a trace may last. */
  int seconds() {
    return seconds;
  }

  /** How much of a body is kept, in bytes or characters. */
  int bodySize() {
    return bodySize;
  }

  /** Whether there is no memory left for more. */
  boolean isFull() {
    return used.get() >= size;
  }

  /** Something has been recorded. */
  void take(long characters) {
    used.addAndGet(characters);
  }

  /** It is forgotten. */
  void give(long characters) {
    used.addAndGet(-characters);
  }
}
