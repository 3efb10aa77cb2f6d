package org.caravanserai.objects.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.Kind;
import org.caravanserai.objects.internal.kind.NearestName;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.kind.TextReferences;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlValue;

/** Reads the objects of a file, with the kinds that are there now. */
final class FileReader {

  private final Kinds kinds;
  private final TextReferences references;

  FileReader(Kinds kinds, TextReferences references) {
    this.kinds = kinds;
    this.references = references;
  }

  /**
   * Reads a file and those that it includes.
   *
   * @param documents the file first
   * @param fate what becomes of the objects of a kind that is not there, in words
   * @param claims tells whether somebody else has an object
   * @param problems told what is wrong
   * @return its objects in the files' order; without meaning if there is an error
   */
  Collection<Item> read(
      List<Document> documents,
      String fate,
      Function<ObjectKey, Optional<Claim>> claims,
      Problems problems) {
    Map<ObjectKey, Item> items = new LinkedHashMap<>();
    for (Document document : documents) {
      boolean isFirst = document.file().equals(problems.file());
      read(document.root(), fate, isFirst ? problems : problems.in(document.file()), items);
    }
    settle(items, claims, problems);
    return items.values();
  }

  /**
   * Reads a file of the store, whose kind may have gone.
   *
   * @param kind the only kind in it
   */
  Collection<Item> readKind(
      String kind,
      YamlValue.Mapping root,
      Function<ObjectKey, Optional<Claim>> claims,
      Problems problems) {
    Map<ObjectKey, Item> items = new LinkedHashMap<>();
    YamlValue.Entry list = root.entries().get(kind);
    if (list != null) {
      items(kind, kinds.find(kind), list.value(), problems, items);
    }
    settle(items, claims, problems);
    return items.values();
  }

  private static void settle(
      Map<ObjectKey, Item> items, Function<ObjectKey, Optional<Claim>> claims, Problems problems) {
    for (Item item : List.copyOf(items.values())) {
      Optional<Claim> claim = claims.apply(item.key());
      if (claim.isPresent() && claim.get().goesFirst()) {
        items.remove(item.key());
        problems
            .in(item.file())
            .warning(item.place(), item.key() + " has no effect here: it " + claim.get().words());
      } else if (claim.isPresent()) {
        problems.in(item.file()).error(item.place(), item.key() + " " + claim.get().words());
      }
    }
  }

  private void read(
      YamlValue.Mapping root, String fate, Problems problems, Map<ObjectKey, Item> items) {
    for (var entry : root.entries().entrySet()) {
      String name = entry.getKey();
      if (name.equals(Includes.KEY)) {
        continue;
      }
      Optional<Kind<?>> kind = kinds.find(name);
      if (kind.isEmpty() && KnownKinds.contains(name)) {
        problems.warning(
            entry.getValue().key(),
            "this server does not support `" + name + "` (yet): its objects " + fate);
      } else if (kind.isEmpty()) {
        problems.error(entry.getValue().key(), "unknown kind `" + name + "`" + hint(name));
        continue;
      }
      items(name, kind, entry.getValue().value(), problems, items);
    }
  }

  private String hint(String name) {
    var names = KnownKinds.all();
    names.addAll(kinds.names());
    return NearestName.hint(name, names);
  }

  private void items(
      String name,
      Optional<Kind<?>> kind,
      YamlValue value,
      Problems problems,
      Map<ObjectKey, Item> items) {
    if (value instanceof YamlValue.Scalar scalar && scalar.isNull()) {
      return;
    }
    if (!(value instanceof YamlValue.Items list)) {
      if (kind.isPresent()) {
        problems.error(
            value.place(), name + ": expected a list of mappings, found " + value.describe());
      }
      return;
    }
    for (YamlValue item : list.items()) {
      if (item instanceof YamlValue.Mapping mapping) {
        item(name, kind, mapping, problems, items);
      } else if (kind.isPresent()) {
        problems.error(item.place(), name + ": expected a mapping, found " + item.describe());
      }
    }
  }

  private void item(
      String name,
      Optional<Kind<?>> kind,
      YamlValue.Mapping mapping,
      Problems problems,
      Map<ObjectKey, Item> items) {
    Optional<Definition> definition =
        kind.flatMap(known -> known.read(mapping, references, problems));
    Optional<ObjectKey> key =
        definition
            .map(read -> new ObjectKey(name, read.name()))
            .or(() -> writtenName(mapping).map(written -> new ObjectKey(name, written)));
    if (key.isEmpty()) {
      return;
    }
    Item first =
        items.putIfAbsent(
            key.get(), new Item(key.get(), problems.file(), mapping.place(), definition));
    if (first != null) {
      String where = first.file().equals(problems.file()) ? "" : first.file() + ", ";
      problems.error(
          mapping.place(),
          "duplicate name: %s stands in %sline %d already"
              .formatted(key.get(), where, first.place().line()));
    }
  }

  private static Optional<String> writtenName(YamlValue.Mapping mapping) {
    YamlValue.Entry entry = mapping.entries().get("name");
    return entry != null && entry.value() instanceof YamlValue.Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
