package org.caravanserai.objects.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
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
   * Reads a file.
   *
   * @param root the file
   * @param otherOrigin the file that has an object already, if it is another one
   * @param problems told what is wrong
   * @return its objects in the file's order; without meaning if there is an error
   */
  Collection<Item> read(
      YamlValue.Mapping root,
      Function<ObjectKey, Optional<String>> otherOrigin,
      Problems problems) {
    Map<ObjectKey, Item> items = new LinkedHashMap<>();
    for (var entry : root.entries().entrySet()) {
      String name = entry.getKey();
      Optional<Kind<?>> kind = kinds.find(name);
      if (kind.isEmpty() && KnownKinds.contains(name)) {
        problems.warning(
            entry.getValue().key(),
            "this server does not support `" + name + "` (yet): its objects wait until it does");
      } else if (kind.isEmpty()) {
        problems.error(entry.getValue().key(), "unknown kind `" + name + "`" + hint(name));
        continue;
      }
      items(name, kind, entry.getValue().value(), problems, items);
    }
    for (Item item : items.values()) {
      otherOrigin
          .apply(item.key())
          .ifPresent(
              origin ->
                  problems.error(
                      item.place(), item.key() + " is defined in " + origin + " already"));
    }
    return items.values();
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
    Item first = items.putIfAbsent(key.get(), new Item(key.get(), mapping.place(), definition));
    if (first != null) {
      problems.error(
          mapping.place(),
          "duplicate name: %s stands in line %d already"
              .formatted(key.get(), first.place().line()));
    }
  }

  private static Optional<String> writtenName(YamlValue.Mapping mapping) {
    YamlValue.Entry entry = mapping.entries().get("name");
    return entry != null && entry.value() instanceof YamlValue.Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
