package org.caravanserai.objects.internal;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.caravanserai.objects.Condition;
import org.caravanserai.objects.ConfigurationRefusedException;
import org.caravanserai.objects.ConfigurationRefusedException.Reason;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.Kind;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.kind.WrittenObject;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.Diagnostic.Severity;

/**
 * What must hold before objects of the store change. Confined to one thread.
 *
 * @param ground what is changed
 * @param exists whether there is a file of the user at a path
 */
record Checks(Edit.Ground ground, Kinds kinds, WrittenObjects written, Predicate<String> exists) {

  /** Finds what would not fit together if some came and others went. */
  void check(List<Item> items, Set<ObjectKey> gone, Problems problems) {
    References references = references(items, gone);
    for (Item item : items) {
      references.check(item, problems);
      for (Place place : item.definition().orElseThrow().written().mixed()) {
        problems.in(item.file()).error(place, Edit.MIXED_SECRET);
      }
    }
    for (ObjectKey referrer : references.referrers(gone)) {
      if (items.stream().noneMatch(item -> item.key().equals(referrer))) {
        problems.error(Place.UNKNOWN, referrer + " refers to an object that would be gone");
      }
    }
  }

  /** Who would refer to whom. */
  References references(List<Item> items, Set<ObjectKey> gone) {
    Map<ObjectKey, Definition> after = new LinkedHashMap<>();
    ground.objects().definitions().forEach(each -> after.put(each.key(), each));
    Set<ObjectKey> present = new HashSet<>(ground.objects().keys());
    items.forEach(item -> after.put(item.key(), item.definition().orElseThrow()));
    present.addAll(after.keySet());
    after.keySet().removeAll(gone);
    present.removeAll(gone);
    return new References(present, after.values(), kind -> kinds.find(kind).isPresent());
  }

  /** Whether an object, or a secret that it brings along, is another than it is now. */
  boolean isDifferent(Definition given) {
    Optional<Definition> now = ground.objects().definition(given.key());
    if (now.isEmpty()) {
      return true;
    }
    WrittenObject wanted = given.written();
    WrittenObject current = now.get().written();
    if (!wanted.fields().equals(current.fields())) {
      return true;
    }
    return wanted.secrets().entrySet().stream()
        .anyMatch(
            each -> {
              String known =
                  current.secrets().containsKey(each.getKey())
                      ? current.secrets().get(each.getKey())
                      : ground.secrets().value(each.getKey());
              return !each.getValue().equals(known);
            });
  }

  /** The kind of that name. */
  Kind<?> known(String kind) {
    return kinds
        .find(kind)
        .orElseThrow(
            () ->
                new ConfigurationRefusedException(
                    Reason.UNKNOWN, "This server has no kind " + kind));
  }

  /** Refuses if an object is not what its changer has seen. */
  void mustMatch(ObjectKey key, Condition condition) {
    Optional<String> now = written.etag(key);
    boolean isOther =
        condition.etag().isPresent()
            && !(condition.etag().get().equals("*")
                ? now.isPresent()
                : condition.etag().equals(now));
    if (isOther || (condition.absent() && ground.objects().origin(key).isPresent())) {
      throw new ConfigurationRefusedException(
          Reason.OUTDATED,
          now.isPresent()
              ? key + " is another now: look at it before you change it"
              : "There is no " + key);
    }
  }

  /** A file that was edited by hand and makes no sense is not written over. */
  void mustBeMended(String kind) {
    List<Diagnostic> refusal = ground.stored().refusal(kind);
    if (!refusal.isEmpty()) {
      throw new ConfigurationRefusedException(Reason.CONFLICT, unmended(kind, refusal));
    }
  }

  /** What there is to say of a file that makes no sense. */
  String unmended(String kind, List<Diagnostic> refusal) {
    return "%s was edited by hand and must be mended first: %s"
        .formatted(ground.stored().file(kind), refusal.get(0));
  }

  /** Whether a file of the user defines it. */
  boolean isOfFile(Origin origin) {
    return !origin.isStore() && exists.test(origin.path());
  }

  /** That an object is to be changed where it is defined. */
  static ConfigurationRefusedException ofFile(ObjectKey key, Origin origin) {
    return new ConfigurationRefusedException(
        Reason.CONFLICT, "%s is defined in %s: change it there".formatted(key, origin.path()));
  }

  /** Refuses if there is any error. */
  static void refuseErrors(Reason reason, Problems problems) {
    if (problems.errors() > 0) {
      throw new ConfigurationRefusedException(
          reason,
          problems.list().stream().filter(each -> each.severity() == Severity.ERROR).toList());
    }
  }
}
