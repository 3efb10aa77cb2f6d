package org.caravanserai.objects.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.internal.kind.ObjectKey;

/**
 * How everything is, as other threads see it.
 *
 * @param objects all objects
 * @param byKey the same
 * @param kinds the kinds that are there
 * @param importReason why what was to be imported at start is not there
 */
record Published(
    List<ObjectInfo> objects,
    Map<ObjectKey, ObjectInfo> byKey,
    Set<String> kinds,
    Optional<String> importReason) {

  /** Nothing yet. */
  static final Published NOTHING = new Published(List.of(), Map.of(), Set.of(), Optional.empty());

  /** What is there now. */
  static Published of(List<ObjectInfo> objects, Set<String> kinds, Optional<String> importReason) {
    Map<ObjectKey, ObjectInfo> byKey = new HashMap<>();
    objects.forEach(each -> byKey.put(new ObjectKey(each.kind(), each.name()), each));
    return new Published(objects, byKey, kinds, importReason);
  }

  /** Why the server is not ready yet. */
  Optional<String> reason(Set<String> requiredKinds) {
    return requiredKinds.stream()
        .filter(kind -> !kinds.contains(kind))
        .sorted()
        .findFirst()
        .map(kind -> "kind " + kind + " is not there yet")
        .or(this::importReason);
  }
}
