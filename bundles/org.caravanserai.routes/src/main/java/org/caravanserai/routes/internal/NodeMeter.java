package org.caravanserai.routes.internal;

import java.util.concurrent.atomic.LongAdder;
import org.caravanserai.camel.NodeFigures;

/** Counts what goes through one processor. */
final class NodeMeter {

  private final LongAdder entered = new LongAdder();
  private final LongAdder left = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  void entered() {
    entered.increment();
  }

  void left(long duration, boolean isFailed) {
    nanos.add(duration);
    if (isFailed) {
      failed.increment();
    }
    left.increment();
  }

  /** What it has counted so far. */
  NodeFigures figures() {
    long out = left.sum();
    long in = entered.sum();
    return new NodeFigures(
        out, failed.sum(), Math.max(0, in - out), out == 0 ? 0 : nanos.sum() / out / 1000);
  }
}
