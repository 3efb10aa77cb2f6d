package org.caravanserai.objects.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.internal.kind.ObjectKey;

/** All objects, and the order in which they open and close. Confined to one thread. */
final class HeldObjects {

  private final Map<ObjectKey, HeldObject> objects = new LinkedHashMap<>();
  private final Kinds kinds;
  private final ObjIntConsumer<ObjectKey> onFailure;

  /**
   * Starts with none.
   *
   * @param kinds tells which kind refers to which
   * @param onFailure told of each object that could not become what it is to be, and how often in a
   *     row
   */
  HeldObjects(Kinds kinds, ObjIntConsumer<ObjectKey> onFailure) {
    this.kinds = kinds;
    this.onFailure = onFailure;
  }

  /** The file that has an object; empty if none has. */
  Optional<String> origin(ObjectKey key) {
    return Optional.ofNullable(objects.get(key)).map(HeldObject::origin);
  }

  /** Makes the objects of a file what it says now; what is the same is not touched. */
  void apply(String file, Collection<Item> items) {
    Set<ObjectKey> wanted = items.stream().map(Item::key).collect(Collectors.toSet());
    for (HeldObject object : lastFirst()) {
      if (object.origin().equals(file) && !wanted.contains(object.key())) {
        object.close();
        objects.remove(object.key());
      }
    }
    for (Item item : items) {
      objects
          .computeIfAbsent(item.key(), key -> new HeldObject(key, file))
          .define(file, item.definition());
    }
    settle();
  }

  /** Says of the objects of a kind that a file's content can't be taken over, and why. */
  void refuse(String file, String kind, String reason) {
    objects.values().stream()
        .filter(object -> object.origin().equals(file) && object.key().kind().equals(kind))
        .forEach(object -> object.refuse(reason));
  }

  /** Closes the objects of a kind that is gone; they wait for it. */
  void forgetKind(String kind) {
    for (HeldObject object : lastFirst()) {
      if (object.key().kind().equals(kind)) {
        object.forgetKind();
      }
    }
  }

  /** Closes all. */
  void close() {
    lastFirst().forEach(HeldObject::close);
    objects.clear();
  }

  /**
   * Lets every object become what it is to be, those that others refer to first. What fails is
   * tried a second time once the others are done, since it may have needed what another one gave
   * up.
   */
  void settle() {
    Set<HeldObject> failed = settleOnce();
    if (!failed.isEmpty()) {
      failed.forEach(HeldObject::tryAgain);
      failed = settleOnce();
    }
    for (HeldObject object : failed) {
      onFailure.accept(object.key(), object.countFailure());
    }
  }

  /** Tries again what failed with an object. */
  void tryAgain(ObjectKey key) {
    HeldObject object = objects.get(key);
    if (object != null) {
      object.tryAgain();
      settle();
    }
  }

  private Set<HeldObject> settleOnce() {
    List<HeldObject> order = firstFirst();
    Set<HeldObject> failed = new LinkedHashSet<>();
    boolean done = true;
    while (done) {
      done = false;
      for (HeldObject object : order) {
        HeldObject.Outcome outcome = object.settle(this::isAvailable);
        done |= outcome == HeldObject.Outcome.DONE;
        if (outcome == HeldObject.Outcome.FAILED) {
          failed.add(object);
        }
      }
    }
    return failed;
  }

  /** How all are, by kind and name. */
  List<ObjectInfo> list() {
    return objects.values().stream()
        .map(object -> object.info(this::isAvailable))
        .sorted(Comparator.comparing(ObjectInfo::kind).thenComparing(ObjectInfo::name))
        .toList();
  }

  private boolean isAvailable(ObjectKey key) {
    HeldObject object = objects.get(key);
    return object != null && object.isAvailable();
  }

  private List<HeldObject> firstFirst() {
    Map<String, Integer> ranks = new HashMap<>();
    List<HeldObject> order = new ArrayList<>(objects.values());
    order.sort(
        Comparator.comparingInt(object -> ranks.computeIfAbsent(object.key().kind(), kinds::rank)));
    return order;
  }

  private List<HeldObject> lastFirst() {
    List<HeldObject> order = firstFirst();
    Collections.reverse(order);
    return order;
  }
}
