package org.caravanserai.deploy.internal.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.caravanserai.deploy.internal.store.Directory.Body;
import org.caravanserai.deploy.internal.store.Directory.Kind;

/**
 * Everything that the store has, in memory but for the contents. For all threads; only the writer's
 * changes more than which numbers are used.
 */
final class Catalog {

  private final Map<String, Deployed> deployed = new HashMap<>();

  /** The head of a deployment. */
  synchronized Head head(String name) {
    Deployed known = deployed.get(name);
    return known == null ? Head.none(name) : known.head();
  }

  /** All heads, by name. */
  synchronized List<Head> heads() {
    Map<String, Head> heads = new TreeMap<>();
    deployed.forEach((name, each) -> heads.put(name, each.head()));
    return List.copyOf(heads.values());
  }

  /** The revisions whose content is there, oldest first. */
  synchronized List<Integer> revisions(String name) {
    Deployed known = deployed.get(name);
    return known == null
        ? List.of()
        : known.head().kept().stream()
            .filter(revision -> known.place(Kind.CONTENT, revision).isPresent())
            .toList();
  }

  /** Where a body lies; empty if it is not kept. */
  synchronized Optional<Place> place(Kind kind, String name, int revision) {
    return Optional.ofNullable(deployed.get(name)).flatMap(each -> each.place(kind, revision));
  }

  /**
   * Uses a number.
   *
   * @throws IllegalArgumentException if that one, or a higher one, was used before
   */
  synchronized void use(String name, int revision) {
    int highest = head(name).highest();
    if (revision <= highest) {
      throw new IllegalArgumentException(
          name + " rev " + revision + " is not new, " + highest + " was used");
    }
    deployed(name).used(revision);
  }

  /** Something changed that is not on the disk. */
  synchronized void head(Head head) {
    deployed(head.name()).head(head);
  }

  /** A frame was written, whose bodies begin there. */
  synchronized void written(Directory directory, Segment segment, long bodies) {
    long offset = bodies;
    for (Body each : directory.bodies()) {
      deployed(each.name()).put(Place.of(each, segment, offset));
      offset += each.length();
    }
    for (Head each : directory.heads()) {
      Deployed of = deployed(each.name());
      of.put(Place.of(each, segment));
      of.head(each);
    }
  }

  /** What was found on the disk. */
  synchronized void found(
      Head head, Optional<Segment> headIn, Iterable<Place> contents, Iterable<Place> compiled) {
    Deployed of = deployed(head.name());
    of.head(head);
    if (headIn.isPresent()) {
      of.put(Place.of(head, headIn.get()));
    }
    putNeeded(of, Kind.CONTENT, contents);
    putNeeded(of, Kind.COMPILED, compiled);
  }

  private static void putNeeded(Deployed of, Kind kind, Iterable<Place> places) {
    for (Place each : places) {
      if (of.needs(kind, each.revision())) {
        of.put(each);
      }
    }
  }

  /** Something can't be read any more. */
  synchronized void lose(Place place) {
    deployed(place.name()).lose(place);
  }

  private Deployed deployed(String name) {
    return deployed.computeIfAbsent(name, Deployed::new);
  }
}
