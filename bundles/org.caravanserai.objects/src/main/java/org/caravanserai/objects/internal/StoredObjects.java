package org.caravanserai.objects.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.caravanserai.objects.internal.disk.Disk;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.store.KindText;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.caravanserai.spi.Diagnostic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects that are made by the API: {@code KIND.yaml} for each kind, which people may edit
 * while the server runs. Confined to one thread.
 */
final class StoredObjects {

  private static final Logger LOG = LoggerFactory.getLogger(StoredObjects.class);
  private static final String ENDING = ".yaml";

  private final Disk disk;
  private final Path folder;
  private final YamlReader yaml;
  private final FileReader reader;
  private final HeldObjects objects;
  private final Predicate<String> exists;
  private final Map<String, StoredKind> kinds = new TreeMap<>();
  private final Map<String, StoredKind.Seen> seen = new HashMap<>();

  /**
   * Has read nothing yet.
   *
   * @param exists whether there is a file of the user at a path
   */
  StoredObjects(
      Disk disk,
      Path folder,
      YamlReader yaml,
      FileReader reader,
      HeldObjects objects,
      Predicate<String> exists) {
    this.disk = disk;
    this.folder = folder;
    this.yaml = yaml;
    this.reader = reader;
    this.objects = objects;
    this.exists = exists;
  }

  /** The file of a kind. */
  Path file(String kind) {
    return folder.resolve(kind + ENDING);
  }

  /** The origin of a kind's objects. */
  Origin origin(String kind) {
    return Origin.store(file(kind).toString());
  }

  /** The file of a kind as it is in effect. */
  StoredKind stored(String kind) {
    StoredKind known = kinds.get(kind);
    return known != null
        ? known
        : new StoredKind(
            "",
            new YamlValue.Mapping(Place.UNKNOWN, Map.of()),
            List.of(),
            Optional.of(KindText.empty(kind)));
  }

  /** The kinds that have a file. */
  Collection<String> kinds() {
    return List.copyOf(kinds.keySet());
  }

  /** Why the file of a kind is not in effect as it is; empty if it is. */
  List<Diagnostic> refusal(String kind) {
    StoredKind.Seen last = seen.get(kind);
    return last == null ? List.of() : last.refusal();
  }

  /**
   * Takes over what was edited by hand since the last time; what is wrong is refused, and the old
   * stays in effect.
   *
   * @return the kinds whose objects have changed
   */
  List<String> refresh() throws IOException {
    var names = new TreeSet<>(seen.keySet());
    for (Path file : disk.list(folder)) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(ENDING) && !name.startsWith(".")) {
        names.add(name.substring(0, name.length() - ENDING.length()));
      }
    }
    List<String> changed = new ArrayList<>();
    for (String kind : names) {
      if (refresh(kind)) {
        changed.add(kind);
      }
    }
    return changed;
  }

  private boolean refresh(String kind) throws IOException {
    Optional<String> stamp = disk.stamp(file(kind));
    StoredKind.Seen last = seen.get(kind);
    if (last != null && last.stamp().equals(stamp)) {
      return false;
    }
    Optional<byte[]> content = disk.read(file(kind));
    String before = stored(kind).text();
    boolean isSame =
        content.isPresent()
            && kinds.containsKey(kind)
            && new String(content.get(), StandardCharsets.UTF_8).equals(before);
    if (isSame || (content.isEmpty() && !kinds.containsKey(kind))) {
      seen.put(kind, new StoredKind.Seen(stamp, List.of()));
      return false;
    }
    List<Diagnostic> errors = content.isEmpty() ? gone(kind) : edited(kind, content.get());
    seen.put(kind, new StoredKind.Seen(stamp, errors));
    if (!errors.isEmpty()) {
      LOG.warn("{} is not in effect as it is: {}", file(kind), errors.get(0));
    } else if (last != null) {
      LOG.info("{} was edited and is in effect", file(kind));
    }
    return errors.isEmpty();
  }

  private List<Diagnostic> gone(String kind) {
    kinds.remove(kind);
    objects.apply(origin(kind), List.of());
    return List.of();
  }

  private List<Diagnostic> edited(String kind, byte[] content) {
    Problems problems = new Problems(kind + ENDING);
    Optional<YamlValue.Mapping> root = yaml.read(content, problems);
    if (root.isPresent()) {
      for (var entry : root.get().entries().entrySet()) {
        if (!entry.getKey().equals(kind)) {
          problems.error(entry.getValue().key(), "this file is for `" + kind + "` only");
        }
      }
      Collection<Item> items = read(kind, root.get(), problems);
      if (problems.errors() == 0) {
        kinds.put(
            kind, stored(kind, new String(content, StandardCharsets.UTF_8), root.get(), items));
        objects.apply(origin(kind), items);
      }
    }
    return problems.list().stream()
        .filter(each -> each.severity() == Diagnostic.Severity.ERROR)
        .toList();
  }

  private Collection<Item> read(String kind, YamlValue.Mapping root, Problems problems) {
    Collection<Item> items = reader.readKind(kind, root, this::claim, problems);
    for (Item item : items) {
      item.definition()
          .ifPresent(
              definition ->
                  definition
                      .written()
                      .mixed()
                      .forEach(place -> problems.error(place, Edit.MIXED_SECRET)));
    }
    return items;
  }

  private static StoredKind stored(
      String kind, String text, YamlValue.Mapping root, Collection<Item> items) {
    List<Place> places = items.stream().map(Item::place).toList();
    return new StoredKind(
        text,
        root,
        items.stream().map(Item::key).toList(),
        KindText.cut(kind, text, places).filter(cut -> cut.items().size() == items.size()));
  }

  private Optional<Claim> claim(ObjectKey key) {
    return objects
        .origin(key)
        .filter(origin -> !origin.isStore() && exists.test(origin.path()))
        .map(origin -> new Claim("is defined in " + origin.path() + " already", false));
  }

  /** A kind has come or gone: reads its objects again. */
  void kindChanged(String kind) {
    StoredKind known = kinds.get(kind);
    if (known == null) {
      return;
    }
    Problems problems = new Problems(kind + ENDING);
    // While the kind was away, objects were known by `name` whatever its key is.
    Collection<Item> items = reader.readKind(kind, known.root(), key -> Optional.empty(), problems);
    if (problems.errors() == 0) {
      kinds.put(kind, stored(kind, known.text(), known.root(), items));
      objects.apply(origin(kind), items);
    } else {
      Diagnostic error =
          problems.list().stream()
              .filter(each -> each.severity() == Diagnostic.Severity.ERROR)
              .findFirst()
              .orElseThrow();
      LOG.warn("{} is not in effect: {}", file(kind), error);
      objects.refuse(origin(kind), kind, error.toString());
    }
  }

  /** The objects of a kind that hold secrets in clear, since somebody wrote them so by hand. */
  List<Definition> inClear(String kind) {
    return stored(kind).keys().stream()
        .flatMap(key -> objects.definition(key).stream())
        .filter(definition -> !definition.written().secrets().isEmpty())
        .toList();
  }

  /** A file has been written by the server itself. */
  void replaced(String kind, StoredKind now) {
    kinds.put(kind, now);
    Optional<String> stamp;
    try {
      stamp = disk.stamp(file(kind));
    } catch (IOException e) {
      LOG.debug("{} is looked at again later: {}", file(kind), e.getMessage());
      stamp = Optional.of("");
    }
    seen.put(kind, new StoredKind.Seen(stamp, List.of()));
  }
}
