package org.caravanserai.objects.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.caravanserai.objects.ConfigurationRefusedException.Reason;
import org.caravanserai.objects.ImportResult;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlText;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.Diagnostic.Severity;

/**
 * Brings what a YAML file says into the store, all of it or nothing. Confined to one thread.
 *
 * @param ground what is changed
 * @param includes finds what the file includes
 */
record YamlImport(
    Edit.Ground ground, Kinds kinds, FileReader reader, Includes includes, Checks checks) {

  /**
   * Imports a file.
   *
   * @param path where it lies; empty if it came without a place
   * @param changed told the kinds that have changed
   */
  ImportResult run(
      Optional<Path> path, byte[] content, boolean dryRun, boolean prune, Set<String> changed)
      throws IOException {
    Problems problems = new Problems(path.map(Path::toString).orElse("import"));
    List<Document> documents = includes.read(path.orElse(null), content, problems);
    Checks.refuseErrors(Reason.INVALID, problems);
    Collection<Item> all =
        reader.read(documents, "are not imported", key -> Optional.empty(), problems);
    List<Item> items = all.stream().filter(item -> item.definition().isPresent()).toList();
    Set<ObjectKey> gone = prune ? unnamed(all) : Set.of();
    if (problems.errors() == 0) {
      checks.check(items, gone, problems);
    }
    Checks.refuseErrors(Reason.INVALID, problems);
    ImportResult result = plan(items, gone, dryRun, problems);
    Checks.refuseErrors(Reason.CONFLICT, problems);
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

  private ImportResult plan(
      List<Item> items, Set<ObjectKey> gone, boolean dryRun, Problems problems) {
    List<ImportResult.Difference> differences = new ArrayList<>();
    Map<String, Integer> added = new LinkedHashMap<>();
    List<String> changed = new ArrayList<>();
    List<String> unchanged = new ArrayList<>();
    for (Item item : items) {
      Optional<Origin> origin = ground.objects().origin(item.key());
      boolean isDifferent = origin.isEmpty() || checks.isDifferent(item.definition().orElseThrow());
      if (isDifferent && dryRun) {
        String after = YamlText.mapping(item.definition().orElseThrow().written().fields());
        differences.add(new ImportResult.Difference(item.key().toString(), now(item.key()), after));
      }
      if (origin.isEmpty()) {
        added.put(item.key().toString(), 0);
      } else if (!isDifferent) {
        unchanged.add(item.key().toString());
      } else {
        changed.add(item.key().toString());
        if (checks.isOfFile(origin.get())) {
          problems
              .in(item.file())
              .error(item.place(), item.key() + " is defined in " + origin.get().path());
        }
      }
      List<Diagnostic> refusal = ground.stored().refusal(item.key().kind());
      if (isDifferent && !refusal.isEmpty()) {
        problems.in(item.file()).error(item.place(), checks.unmended(item.key().kind(), refusal));
      }
    }
    if (dryRun) {
      gone.forEach(
          key -> differences.add(new ImportResult.Difference(key.toString(), now(key), "")));
    }
    gone.stream()
        .filter(key -> !ground.stored().refusal(key.kind()).isEmpty())
        .findFirst()
        .ifPresent(
            key ->
                problems.error(
                    Place.UNKNOWN,
                    checks.unmended(key.kind(), ground.stored().refusal(key.kind()))));
    return new ImportResult(
        List.copyOf(added.keySet()),
        changed,
        gone.stream().map(ObjectKey::toString).toList(),
        unchanged,
        problems.list().stream().filter(each -> each.severity() == Severity.WARNING).toList(),
        differences);
  }

  private String now(ObjectKey key) {
    return ground
        .objects()
        .definition(key)
        .map(definition -> YamlText.mapping(definition.written().fields()))
        .orElse("");
  }

  /** Objects of the store, of kinds that are there, that nobody has named. */
  private Set<ObjectKey> unnamed(Collection<Item> named) {
    Set<ObjectKey> keys = new HashSet<>();
    named.forEach(item -> keys.add(item.key()));
    Set<ObjectKey> unnamed =
        new TreeSet<>(Comparator.comparing(ObjectKey::kind).thenComparing(ObjectKey::name));
    for (String kind : ground.stored().kinds()) {
      if (kinds.find(kind).isPresent()) {
        unnamed.addAll(ground.stored().stored(kind).keys());
      }
    }
    unnamed.removeAll(keys);
    return unnamed;
  }
}
