package org.caravanserai.objects.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.yaml.Problems;

/** Whether all objects that others refer to would be there after a change, and in what order. */
final class References {

  private final Map<ObjectKey, Definition> after = new HashMap<>();
  private final Set<ObjectKey> present;
  private final Predicate<String> isKnown;

  /**
   * Looks at the objects as they would be.
   *
   * @param present the keys of all
   * @param definitions what they would be, as far as their kinds are known
   * @param isKnown whether a kind is there; what refers to another kind waits for it
   */
  References(
      Set<ObjectKey> present, Collection<Definition> definitions, Predicate<String> isKnown) {
    this.present = present;
    this.isKnown = isKnown;
    definitions.forEach(each -> after.put(each.key(), each));
  }

  /** Tells of references of an object to nothing, or in a circle. */
  void check(Item item, Problems problems) {
    Definition definition = item.definition().orElseThrow();
    definition
        .places()
        .forEach(
            (to, place) -> {
              if (!present.contains(to) && isKnown.test(to.kind())) {
                problems.in(item.file()).error(place, "there is no " + to);
              }
            });
    List<ObjectKey> circle = new ArrayList<>();
    if (leadsTo(definition.key(), definition, circle, new HashSet<>())) {
      problems
          .in(item.file())
          .error(item.place(), definition.key() + " refers to itself: " + told(circle));
    }
  }

  private static String told(List<ObjectKey> circle) {
    return String.join(" -> ", circle.stream().map(ObjectKey::toString).toList());
  }

  private boolean leadsTo(
      ObjectKey goal, Definition from, List<ObjectKey> way, Set<ObjectKey> seen) {
    way.add(from.key());
    for (ObjectKey next : from.places().keySet()) {
      if (next.equals(goal)) {
        way.add(goal);
        return true;
      }
      Definition definition = after.get(next);
      if (definition != null && seen.add(next) && leadsTo(goal, definition, way, seen)) {
        return true;
      }
    }
    way.remove(way.size() - 1);
    return false;
  }

  /** Those that refer to one of some objects. */
  List<ObjectKey> referrers(Set<ObjectKey> to) {
    return after.values().stream()
        .filter(each -> each.places().keySet().stream().anyMatch(to::contains))
        .map(Definition::key)
        .toList();
  }
}
