package org.caravanserai.objects.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.caravanserai.objects.Condition;
import org.caravanserai.objects.ConfigurationRefusedException;
import org.caravanserai.objects.ConfigurationRefusedException.Reason;
import org.caravanserai.objects.ImportResult;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.Kind;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.kind.WrittenObject;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.Diagnostic.Severity;

/** What the API does to the objects of the store. Confined to one thread. */
final class Changes {

  private final Edit.Ground ground;
  private final Kinds kinds;
  private final FileReader reader;
  private final Includes includes;
  private final WrittenObjects written;
  private final Predicate<String> exists;

  /**
   * Works on a ground.
   *
   * @param exists whether there is a file of the user at a path
   */
  Changes(
      Edit.Ground ground,
      Kinds kinds,
      FileReader reader,
      Includes includes,
      WrittenObjects written,
      Predicate<String> exists) {
    this.ground = ground;
    this.kinds = kinds;
    this.reader = reader;
    this.includes = includes;
    this.written = written;
    this.exists = exists;
  }

  /**
   * Makes an object what a document says.
   *
   * @return the kinds that have changed
   */
  Set<String> put(
      String kindName, String name, byte[] document, Condition condition, boolean detach)
      throws IOException {
    Kind<?> kind = known(kindName);
    ObjectKey key = new ObjectKey(kindName, name);
    mustBeMended(kindName);
    Optional<Origin> origin = ground.objects().origin(key);
    mustMatch(key, condition);
    if (origin.isPresent() && isOfFile(origin.get()) && !detach) {
      throw ofFile(key, origin.get());
    }
    Problems problems = new Problems(key.toString());
    Optional<Definition> read =
        ground
            .yaml()
            .read(document, problems)
            .map(item -> item.withDefault(kind.key(), name))
            .flatMap(item -> kind.read(item, ground.references(), problems));
    if (read.isPresent()) {
      Definition definition = read.get();
      if (!definition.name().equals(name)) {
        problems.error(
            definition.source().place(),
            "%s: expected `%s`, as in the path".formatted(kind.key(), name));
      }
      check(List.of(item(definition, problems.file())), Set.of(), problems);
    }
    refuseErrors(Reason.INVALID, problems);
    Definition definition = read.orElseThrow();
    if (origin.isEmpty() || isOfFile(origin.get()) || isDifferent(definition)) {
      Edit edit = new Edit(ground);
      edit.put(definition);
      edit.make();
      return edit.kinds();
    }
    return Set.of();
  }

  private static Item item(Definition definition, String file) {
    return new Item(definition.key(), file, definition.source().place(), Optional.of(definition));
  }

  /** Takes an object away; gives the kinds that have changed. */
  Set<String> delete(String kind, String name, Condition condition) throws IOException {
    ObjectKey key = new ObjectKey(kind, name);
    Origin origin =
        ground
            .objects()
            .origin(key)
            .orElseThrow(
                () -> new ConfigurationRefusedException(Reason.UNKNOWN, "There is no " + key));
    known(kind);
    mustBeMended(kind);
    mustMatch(key, condition);
    if (!origin.isStore()) {
      throw ofFile(key, origin);
    }
    List<ObjectKey> referrers = references(List.of(), Set.of(key)).referrers(Set.of(key));
    if (!referrers.isEmpty()) {
      throw new ConfigurationRefusedException(
          Reason.CONFLICT, referrers.get(0) + " refers to " + key);
    }
    Edit edit = new Edit(ground);
    edit.remove(key);
    edit.make();
    return edit.kinds();
  }

  /**
   * Imports a file.
   *
   * @param path where it lies; empty if it came without a place
   * @param changed told the kinds that have changed
   */
  ImportResult importAll(
      Optional<Path> path, byte[] content, boolean dryRun, boolean prune, Set<String> changed)
      throws IOException {
    Problems problems = new Problems(path.map(Path::toString).orElse("import"));
    List<Document> documents = includes.read(path.orElse(null), content, problems);
    refuseErrors(Reason.INVALID, problems);
    Collection<Item> all =
        reader.read(documents, "are not imported", key -> Optional.empty(), problems);
    List<Item> items = all.stream().filter(item -> item.definition().isPresent()).toList();
    Set<ObjectKey> gone = prune ? unnamed(all) : Set.of();
    if (problems.errors() == 0) {
      check(items, gone, problems);
    }
    refuseErrors(Reason.INVALID, problems);
    ImportResult result = plan(items, gone, problems);
    refuseErrors(Reason.CONFLICT, problems);
    if (!dryRun) {
      Edit edit = new Edit(ground);
      gone.forEach(edit::remove);
      Set<String> same = Set.copyOf(result.unchanged());
      for (Item item : items) {
        if (!same.contains(item.key().toString())) {
          edit.put(item.definition().orElseThrow());
        }
      }
      edit.make();
      changed.addAll(edit.kinds());
    }
    return result;
  }

  private ImportResult plan(List<Item> items, Set<ObjectKey> gone, Problems problems) {
    Map<String, Integer> added = new LinkedHashMap<>();
    List<String> changed = new ArrayList<>();
    List<String> unchanged = new ArrayList<>();
    for (Item item : items) {
      Optional<Origin> origin = ground.objects().origin(item.key());
      boolean isDifferent = origin.isEmpty() || isDifferent(item.definition().orElseThrow());
      if (origin.isEmpty()) {
        added.put(item.key().toString(), 0);
      } else if (!isDifferent) {
        unchanged.add(item.key().toString());
      } else {
        changed.add(item.key().toString());
        if (isOfFile(origin.get())) {
          problems
              .in(item.file())
              .error(item.place(), item.key() + " is defined in " + origin.get().path());
        }
      }
      List<Diagnostic> refusal = ground.stored().refusal(item.key().kind());
      if (isDifferent && !refusal.isEmpty()) {
        problems.in(item.file()).error(item.place(), unmended(item.key().kind(), refusal));
      }
    }
    gone.stream()
        .filter(key -> !ground.stored().refusal(key.kind()).isEmpty())
        .findFirst()
        .ifPresent(
            key ->
                problems.error(
                    Place.UNKNOWN, unmended(key.kind(), ground.stored().refusal(key.kind()))));
    return new ImportResult(
        List.copyOf(added.keySet()),
        changed,
        gone.stream().map(ObjectKey::toString).toList(),
        unchanged,
        problems.list().stream().filter(each -> each.severity() == Severity.WARNING).toList());
  }

  /** Objects of the store, of kinds that are there, that nobody has named. */
  private Set<ObjectKey> unnamed(Collection<Item> named) {
    Set<ObjectKey> keys = new HashSet<>();
    named.forEach(item -> keys.add(item.key()));
    Set<ObjectKey> unnamed =
        new TreeSet<>(
            java.util.Comparator.comparing(ObjectKey::kind).thenComparing(ObjectKey::name));
    for (String kind : ground.stored().kinds()) {
      if (kinds.find(kind).isPresent()) {
        unnamed.addAll(ground.stored().stored(kind).keys());
      }
    }
    unnamed.removeAll(keys);
    return unnamed;
  }

  private void check(List<Item> items, Set<ObjectKey> gone, Problems problems) {
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

  private References references(List<Item> items, Set<ObjectKey> gone) {
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
  private boolean isDifferent(Definition given) {
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

  private Kind<?> known(String kind) {
    return kinds
        .find(kind)
        .orElseThrow(
            () ->
                new ConfigurationRefusedException(
                    Reason.UNKNOWN, "This server has no kind " + kind));
  }

  private void mustMatch(ObjectKey key, Condition condition) {
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
  private void mustBeMended(String kind) {
    List<Diagnostic> refusal = ground.stored().refusal(kind);
    if (!refusal.isEmpty()) {
      throw new ConfigurationRefusedException(Reason.CONFLICT, unmended(kind, refusal));
    }
  }

  private String unmended(String kind, List<Diagnostic> refusal) {
    return "%s was edited by hand and must be mended first: %s"
        .formatted(ground.stored().file(kind), refusal.get(0));
  }

  private boolean isOfFile(Origin origin) {
    return !origin.isStore() && exists.test(origin.path());
  }

  private static ConfigurationRefusedException ofFile(ObjectKey key, Origin origin) {
    return new ConfigurationRefusedException(
        Reason.CONFLICT, "%s is defined in %s: change it there".formatted(key, origin.path()));
  }

  private static void refuseErrors(Reason reason, Problems problems) {
    if (problems.errors() > 0) {
      throw new ConfigurationRefusedException(
          reason,
          problems.list().stream().filter(each -> each.severity() == Severity.ERROR).toList());
    }
  }

  /** Puts away what was written in clear by hand; gives nothing if that can't be stored now. */
  void hideSecrets(String kind) {
    List<Definition> inClear = ground.stored().inClear(kind);
    if (inClear.isEmpty()) {
      return;
    }
    Edit edit = new Edit(ground);
    inClear.forEach(edit::put);
    try {
      edit.make();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
