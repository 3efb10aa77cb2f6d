package org.caravanserai.runtime.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which thread is inside which calls. */
final class Presence {

  private static final int MAX_NESTED = 1000;

  private final Map<Thread, Invocation> others = new ConcurrentHashMap<>();

  /** A call begins on a thread; answers the call around it, if any. */
  @Nullable Invocation enter(Thread thread, Invocation invocation) {
    if (thread instanceof CallThread own) {
      return own.enter(invocation);
    }
    return others.put(thread, invocation);
  }

  /** A call ends on a thread. */
  void leave(Thread thread, @Nullable Invocation outer) {
    if (thread instanceof CallThread own) {
      own.leave(outer);
    } else if (outer == null) {
      others.remove(thread);
    } else {
      others.put(thread, outer);
    }
  }

  /** The threads that are inside a revision now. */
  List<Thread> inside(LiveRevision revision) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> isInside(thread, revision))
        .toList();
  }

  private boolean isInside(Thread thread, LiveRevision revision) {
    Invocation top = thread instanceof CallThread own ? own.invocation() : others.get(thread);
    Invocation each = top;
    // The chain is read while its thread changes it.
    for (int i = 0; i < MAX_NESTED && each != null; i++) {
      if (each.revision() == revision) {
        return true;
      }
      each = each.outer();
    }
    return false;
  }
}
