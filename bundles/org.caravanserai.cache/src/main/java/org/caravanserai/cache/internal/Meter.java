package org.caravanserai.cache.internal;

import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in a cache. */
final class Meter {

  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder writes = new LongAdder();
  final LongAdder evictions = new LongAdder();
  final LongAdder expirations = new LongAdder();
}
