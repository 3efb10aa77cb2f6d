package org.caravanserai.pubsub.internal.push;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;

/** A service that notes what it gets, and fails as it is told. */
final class Recorder implements Service<String, Void> {

  /** What it was called with, in order. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** What it took. */
  final List<String> taken = new CopyOnWriteArrayList<>();

  /** How often it is still to fail for a message; for ever if negative. */
  final Map<String, Integer> failing = new ConcurrentHashMap<>();

  final AtomicInteger inside = new AtomicInteger();
  final AtomicInteger most = new AtomicInteger();

  @Override
  public Void handle(String input, Context context) {
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    try {
      calls.add(input);
      int left = failing.getOrDefault(input, 0);
      if (left != 0) {
        failing.put(input, left - 1);
        throw new ServiceException(422, "not " + input);
      }
      taken.add(input);
      return null;
    } finally {
      inside.decrementAndGet();
    }
  }
}
