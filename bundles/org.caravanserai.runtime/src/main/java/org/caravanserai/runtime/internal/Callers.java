package org.caravanserai.runtime.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.Channel;
import org.caravanserai.runtime.RecentCaller;

/**
 * Who calls a service. Of all calls only the first few after each look are noted, so that a busy
 * service does not pay for it.
 */
final class Callers {

  private static final int NOTED = 16;
  private static final int MOST = 100;

  private record Caller(String kind, String name) {}

  // The last one to have called is the last one in it.
  private final Map<Caller, Instant> known = new LinkedHashMap<>();
  // Not exact when threads race: one call more or less is noted.
  private int wanted = NOTED;

  /** Somebody has called. */
  void called(Channel channel) {
    if (wanted > 0) {
      wanted--;
      note(new Caller(channel.kind(), channel.name()));
    }
  }

  private void note(Caller caller) {
    synchronized (known) {
      known.remove(caller);
      known.put(caller, Instant.now());
      if (known.size() > MOST) {
        known.remove(known.keySet().iterator().next());
      }
    }
  }

  /** Notes a few more. */
  void lookAgain() {
    wanted = NOTED;
  }

  /** They, the last one first. */
  List<RecentCaller> list() {
    synchronized (known) {
      List<RecentCaller> all = new ArrayList<>();
      known.forEach((caller, at) -> all.add(new RecentCaller(caller.kind(), caller.name(), at)));
      Collections.reverse(all);
      return all;
    }
  }
}
