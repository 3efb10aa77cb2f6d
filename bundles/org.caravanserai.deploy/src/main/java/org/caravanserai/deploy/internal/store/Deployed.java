package org.caravanserai.deploy.internal.store;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.caravanserai.deploy.internal.store.Directory.Kind;
import org.jspecify.annotations.Nullable;

/** What is known of a deployment, and where it lies. For one thread at a time. */
final class Deployed {

  private final Map<Integer, Place> contents = new TreeMap<>();
  private final Map<Integer, Place> compiled = new TreeMap<>();
  private Head head;
  private @Nullable Place headPlace;

  Deployed(String name) {
    head = Head.none(name);
  }

  Head head() {
    return head;
  }

  /** That number is used up. */
  void used(int revision) {
    head = head.used(revision);
  }

  /** The head changed; what it does not need any more is dead. */
  void head(Head now) {
    head = now.used(head.highest());
    prune(contents, Kind.CONTENT);
    prune(compiled, Kind.COMPILED);
  }

  private void prune(Map<Integer, Place> places, Kind kind) {
    for (Iterator<Place> each = places.values().iterator(); each.hasNext(); ) {
      Place place = each.next();
      if (!needs(kind, place.revision())) {
        place.segment().remove(place);
        each.remove();
      }
    }
  }

  /** Whether such a body is still of use. */
  boolean needs(Kind kind, int revision) {
    return head.keeps(revision) && (kind == Kind.CONTENT || head.needsCompiled(revision));
  }

  /** Where a body lies. */
  Optional<Place> place(Kind kind, int revision) {
    return Optional.ofNullable(places(kind).get(revision));
  }

  /** That lies there now, and no longer where it was. */
  void put(Place place) {
    Kind kind = place.kind();
    Place old = kind == null ? headPlace : places(kind).put(place.revision(), place);
    if (kind == null) {
      headPlace = place;
    }
    if (old != null) {
      old.segment().remove(old);
    }
    place.segment().add(place);
  }

  /** That can't be read any more. */
  void lose(Place place) {
    Kind kind = place.kind();
    if (kind != null) {
      places(kind).remove(place.revision(), place);
    }
    place.segment().remove(place);
  }

  private Map<Integer, Place> places(Kind kind) {
    return kind == Kind.CONTENT ? contents : compiled;
  }
}
