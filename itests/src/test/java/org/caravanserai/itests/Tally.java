package org.caravanserai.itests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What callers of one kind have met. */
final class Tally {

  private static final int KEPT = 10;

  private final List<String> failures = new ArrayList<>();
  private int failed;
  private int[] micros = new int[1024];
  private int calls;

  synchronized void succeeded(long nanos) {
    if (calls == micros.length) {
      micros = Arrays.copyOf(micros, calls * 2);
    }
    micros[calls++] = (int) Math.min(Integer.MAX_VALUE, nanos / 1000);
  }

  synchronized void failed(String why) {
    failed++;
    if (failures.size() < KEPT) {
      failures.add(why);
    }
  }

  /** How many calls were answered as they should. */
  synchronized int calls() {
    return calls;
  }

  /** How many were not. */
  synchronized int failures() {
    return failed;
  }

  /** The first of those that were not. */
  synchronized List<String> reasons() {
    return List.copyOf(failures);
  }

  /** The time within which a share of the calls was answered, in microseconds. */
  synchronized int micros(double share) {
    if (calls == 0) {
      return 0;
    }
    int[] sorted = Arrays.copyOf(micros, calls);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(calls - 1L, (long) (calls * share))];
  }

  /** As a member of a JSON object. */
  String json(String name) {
    return String.format(
        "\"%s\":{\"calls\":%d,\"failed\":%d,\"p50Micros\":%d,\"p99Micros\":%d}",
        name, calls(), failures(), micros(0.50), micros(0.99));
  }
}
