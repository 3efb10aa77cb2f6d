package org.caravanserai.broker.internal;

import org.jspecify.annotations.Nullable;

/**
 * Where a client of the network wants to go.
 *
 * @param address the address
 * @param queue the queue, if it names one
 */
record Place(String address, @Nullable String queue) {

  private static final String BETWEEN = "::";

  /** Reads {@code ADDRESS} or {@code ADDRESS::QUEUE}. */
  static Place of(String text) {
    int end = text.indexOf(BETWEEN);
    return end < 0
        ? new Place(text, null)
        : new Place(text.substring(0, end), text.substring(end + BETWEEN.length()));
  }

  /** Whether the address stands for others. */
  boolean isWildcard() {
    return isWildcard(address);
  }

  /** Whether an address stands for others: one of its parts is {@code *} or {@code #}. */
  static boolean isWildcard(String address) {
    for (int from = 0; from <= address.length(); ) {
      int dot = address.indexOf('.', from);
      int end = dot < 0 ? address.length() : dot;
      if (end - from == 1 && (address.charAt(from) == '*' || address.charAt(from) == '#')) {
        return true;
      }
      from = end + 1;
    }
    return false;
  }

  /** Whether the queue has the name of a subscription that the server itself makes. */
  boolean isSubscription() {
    return queue != null && queue.endsWith("/" + address);
  }
}
