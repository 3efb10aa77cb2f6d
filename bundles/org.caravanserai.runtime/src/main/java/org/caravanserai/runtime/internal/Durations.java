package org.caravanserai.runtime.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts durations by their size, in four buckets for each doubling from 1 µs to two minutes. What
 * has never been counted takes no memory.
 */
final class Durations {

  private static final int SHORTEST_BITS = 10;
  private static final int DOUBLINGS = 27;
  private static final int PARTS_BITS = 2;
  private static final int PARTS = 1 << PARTS_BITS;

  /** How many buckets there are: the first is for what is shorter, the last for what is longer. */
  static final int BUCKETS = DOUBLINGS * PARTS + 2;

  private volatile @Nullable AtomicReferenceArray<LongAdder> buckets;

  /** Counts one. */
  void add(long nanos) {
    AtomicReferenceArray<LongAdder> all = buckets;
    if (all == null) {
      all = begin();
    }
    int index = bucket(nanos);
    LongAdder bucket = all.get(index);
    (bucket == null ? begin(all, index) : bucket).increment();
  }

  private synchronized AtomicReferenceArray<LongAdder> begin() {
    AtomicReferenceArray<LongAdder> all = buckets;
    if (all == null) {
      all = new AtomicReferenceArray<>(BUCKETS);
      buckets = all;
    }
    return all;
  }

  private static LongAdder begin(AtomicReferenceArray<LongAdder> all, int index) {
    LongAdder made = new LongAdder();
    LongAdder other = all.compareAndExchange(index, null, made);
    return other == null ? made : other;
  }

  /** How many were counted. */
  long total() {
    AtomicReferenceArray<LongAdder> all = buckets;
    long total = 0;
    for (int i = 0; all != null && i < BUCKETS; i++) {
      total += sum(all.get(i));
    }
    return total;
  }

  /** How many were counted in a bucket. */
  long count(int bucket) {
    AtomicReferenceArray<LongAdder> all = buckets;
    return all == null ? 0 : sum(all.get(bucket));
  }

  private static long sum(@Nullable LongAdder bucket) {
    return bucket == null ? 0 : bucket.sum();
  }

  static int bucket(long nanos) {
    if (nanos < 1L << SHORTEST_BITS) {
      return 0;
    }
    int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    int part = (int) (nanos >>> (bits - PARTS_BITS)) & (PARTS - 1);
    return Math.min(1 + (bits - SHORTEST_BITS) * PARTS + part, BUCKETS - 1);
  }

  /** The least duration that is too long for a bucket, in nanoseconds. */
  static long end(int bucket) {
    if (bucket == 0) {
      return 1L << SHORTEST_BITS;
    }
    int doubling = (bucket - 1) / PARTS;
    int part = (bucket - 1) % PARTS;
    return (long) (PARTS + part + 1) << (doubling + SHORTEST_BITS - PARTS_BITS);
  }

  /**
   * The duration that a share of all is not longer than.
   *
   * @param counts how many there are in each bucket
   * @param share from 0 to 1
   * @return nanoseconds; 0 if there is none at all
   */
  static double percentile(IntToDoubleFunction counts, double share) {
    double total = 0;
    for (int i = 0; i < BUCKETS; i++) {
      total += counts.applyAsDouble(i);
    }
    double wanted = total * share;
    double passed = 0;
    for (int i = 0; i < BUCKETS; i++) {
      double here = counts.applyAsDouble(i);
      if (here > 0 && passed + here >= wanted) {
        long begin = i == 0 ? 0 : end(i - 1);
        return begin + (end(i) - begin) * Math.max(0, wanted - passed) / here;
      }
      passed += here;
    }
    return total > 0 ? (double) end(BUCKETS - 1) : 0;
  }
}
