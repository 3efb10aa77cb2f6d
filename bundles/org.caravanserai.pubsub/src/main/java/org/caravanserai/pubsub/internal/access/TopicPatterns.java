package org.caravanserai.pubsub.internal.access;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.caravanserai.pubsub.internal.TopicNames;

/** Several patterns, any of which allows a name; what was asked before is remembered. */
final class TopicPatterns {

  private static final int REMEMBERED = 10_000;

  private final List<TopicPattern> patterns;
  private final ConcurrentMap<String, Boolean> remembered = new ConcurrentHashMap<>();

  TopicPatterns(List<String> texts) {
    patterns = texts.stream().map(TopicPattern::parse).toList();
  }

  /** Whether a name, in any case, is of one of these forms. */
  boolean allow(String name) {
    Boolean known = remembered.get(name);
    if (known != null) {
      return known;
    }
    boolean allowed = TopicNames.isValid(name) && matches(name);
    if (remembered.size() >= REMEMBERED) {
      remembered.clear();
    }
    remembered.put(name, allowed);
    return allowed;
  }

  private boolean matches(String name) {
    List<String> parts = List.of(TopicNames.key(name).split("\\.", -1));
    return patterns.stream().anyMatch(pattern -> pattern.matches(parts));
  }
}
