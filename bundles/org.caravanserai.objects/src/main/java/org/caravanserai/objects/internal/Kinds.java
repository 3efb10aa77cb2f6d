package org.caravanserai.objects.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.objects.internal.kind.Kind;
import org.caravanserai.spi.ObjectKind;

/** The kinds whose bundles are there. Of two of one name, the first to come is in use. */
final class Kinds {

  private final Map<String, List<Kind<?>>> kinds = new HashMap<>();

  /**
   * Adds a kind.
   *
   * @return whether it is in use now
   */
  boolean add(Kind<?> kind) {
    List<Kind<?>> sameName = kinds.computeIfAbsent(kind.name(), name -> new ArrayList<>());
    sameName.add(kind);
    return sameName.size() == 1;
  }

  /**
   * Removes a kind.
   *
   * @return the kind, if it was in use
   */
  Optional<Kind<?>> remove(ObjectKind<?> service) {
    for (List<Kind<?>> sameName : kinds.values()) {
      for (int i = 0; i < sameName.size(); i++) {
        if (sameName.get(i).isOf(service)) {
          Kind<?> removed = sameName.remove(i);
          return i == 0 ? Optional.of(removed) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  Optional<Kind<?>> find(String name) {
    return kinds.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** All that are in use, in the order of exports. */
  List<KindInfo> list() {
    return names().stream()
        .sorted(CanonicalOrder.OF_KINDS)
        .flatMap(name -> find(name).stream())
        .map(Kind::info)
        .toList();
  }

  Set<String> names() {
    Set<String> names = new HashSet<>();
    kinds.forEach((name, sameName) -> sameName.forEach(kind -> names.add(name)));
    return names;
  }

  /** How many kinds must be open before that one: 0 for one that refers to none. */
  int rank(String name) {
    return rank(name, new HashSet<>());
  }

  private int rank(String name, Set<String> above) {
    if (!above.add(name)) {
      return 0;
    }
    int rank =
        find(name).stream()
            .flatMap(kind -> kind.referencedKinds().stream())
            .mapToInt(referenced -> rank(referenced, above) + 1)
            .max()
            .orElse(0);
    above.remove(name);
    return rank;
  }
}
