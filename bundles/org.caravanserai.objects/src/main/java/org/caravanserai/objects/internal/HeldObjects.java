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
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.kind.TextReferences;

/** All objects, and the order in which they open and close. Confined to one thread. */
final class HeldObjects implements HeldObject.Surroundings {

  private final Map<ObjectKey, HeldObject> objects = new LinkedHashMap<>();
  private final Kinds kinds;
  private final ObjIntConsumer<ObjectKey> onFailure;
  private final TextReferences references;
  private final ToLongFunction<String> secretVersions;

  /**
   * Starts with none.
   *
   * @param references that resolve secrets too
   * @param secretVersions gives what changes whenever a secret does, 0 if there is none
   * @param kinds tells which kind refers to which
   * @param onFailure told of each object that could not become what it is to be, and how often in a
   *     row
   */
  HeldObjects(
      Kinds kinds,
      TextReferences references,
      ToLongFunction<String> secretVersions,
      ObjIntConsumer<ObjectKey> onFailure) {
    this.kinds = kinds;
    this.references = references;
    this.secretVersions = secretVersions;
    this.onFailure = onFailure;
  }

  @Override
  public TextReferences references() {
    return references;
  }

  @Override
  public long secretVersion(String name) {
    return secretVersions.applyAsLong(name);
  }

  /** Where an object's configuration lies; empty if there is none. */
  Optional<Origin> origin(ObjectKey key) {
    return Optional.ofNullable(objects.get(key)).map(HeldObject::origin);
  }

  /** What an object is to be; empty if there is none, or nobody knows its kind. */
  Optional<Definition> definition(ObjectKey key) {
    return Optional.ofNullable(objects.get(key)).flatMap(HeldObject::definition);
  }

  /** How an object is; empty if there is none. */
  Optional<ObjectInfo> info(ObjectKey key) {
    return Optional.ofNullable(objects.get(key)).map(object -> object.info(this));
  }

  /** What all are known by. */
  Set<ObjectKey> keys() {
    return objects.keySet();
  }

  /** What all are to be whose kind is known. */
  List<Definition> definitions() {
    return objects.values().stream().flatMap(object -> object.definition().stream()).toList();
  }

  /** How those are without which the server is not ready. */
  List<ObjectInfo> required() {
    return objects.values().stream()
        .filter(object -> object.definition().filter(Definition::required).isPresent())
        .map(object -> object.info(this))
        .toList();
  }

  /** Makes the objects of a file what it says now; what is the same is not touched. */
  void apply(Origin file, Collection<Item> items) {
    Set<ObjectKey> wanted = items.stream().map(Item::key).collect(Collectors.toSet());
    List<ObjectKey> removed =
        objects.values().stream()
            .filter(object -> object.origin().equals(file) && !wanted.contains(object.key()))
            .map(HeldObject::key)
            .toList();
    remove(removed);
    items.forEach(item -> define(file, item.key(), item.definition()));
    settle();
  }

  /** Defines an object; nothing happens before {@link #settle()}. */
  void define(Origin origin, ObjectKey key, Optional<Definition> definition) {
    objects.computeIfAbsent(key, k -> new HeldObject(k, origin)).define(origin, definition);
  }

  /** Closes objects, those that refer to others first, and forgets them. */
  void remove(Collection<ObjectKey> keys) {
    if (keys.isEmpty()) {
      return;
    }
    for (HeldObject object : lastFirst()) {
      if (keys.contains(object.key())) {
        object.remove();
        objects.remove(object.key());
      }
    }
  }

  /** Says of the objects of a kind that a file's content can't be taken over, and why. */
  void refuse(Origin file, String kind, String reason) {
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

  /** A secret that an object refers to has changed: what failed is tried at the next settling. */
  void secretCame(ObjectKey key) {
    HeldObject object = objects.get(key);
    if (object != null) {
      object.tryAgain();
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
        HeldObject.Outcome outcome = object.settle(this);
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
        .map(object -> object.info(this))
        .sorted(Comparator.comparing(ObjectInfo::kind).thenComparing(ObjectInfo::name))
        .toList();
  }

  @Override
  public boolean isAvailable(ObjectKey key) {
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
