package org.caravanserai.objects.internal;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.spi.Diagnostic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration files: which are in effect, and which were refused but may yet take effect,
 * because a kind comes or another file gives an object up. Confined to one thread.
 */
final class ConfigurationFiles {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFiles.class);

  private static final String WAITING = "wait until it does";

  private final Map<String, List<Document>> accepted = new LinkedHashMap<>();
  private final Map<String, List<Document>> refused = new LinkedHashMap<>();
  private final Map<String, List<Diagnostic>> reported = new LinkedHashMap<>();
  private final Includes includes;
  private final FileReader reader;
  private final HeldObjects objects;
  private final Predicate<String> exists;

  /**
   * Starts with none.
   *
   * @param exists whether there is a file at a path: one that is gone gives its objects up to
   *     another one that has them now, so that a renamed file interrupts nothing
   */
  ConfigurationFiles(
      Includes includes, FileReader reader, HeldObjects objects, Predicate<String> exists) {
    this.includes = includes;
    this.reader = reader;
    this.objects = objects;
    this.exists = exists;
  }

  /**
   * Takes over a new or changed file, or nothing of it if there is an error among what is given
   * back.
   */
  List<Diagnostic> deploy(String path, byte[] content) {
    refused.remove(path);
    Problems problems = new Problems(fileName(path));
    List<Document> documents = includes.read(Path.of(path), content, problems);
    List<Diagnostic> found = problems.list();
    if (problems.errors() == 0) {
      found = apply(path, documents);
    }
    reported.put(path, found);
    retryRefused();
    return found;
  }

  /** What would be wrong with a file. */
  List<Diagnostic> check(String path, byte[] content) {
    Problems problems = new Problems(fileName(path));
    List<Document> documents = includes.read(Path.of(path), content, problems);
    if (problems.errors() == 0) {
      Collection<Item> unused = reader.read(documents, WAITING, key -> claim(key, path), problems);
    }
    return problems.list();
  }

  /** Ends the effect of a file. */
  void undeploy(String path) {
    accepted.remove(path);
    refused.remove(path);
    reported.remove(path);
    objects.apply(Origin.file(path), List.of());
    retryRefused();
  }

  /** A kind has come or gone: looks again at every file that has objects of it. */
  void kindChanged(String kind) {
    retryRefused();
    accepted.forEach(
        (path, documents) -> {
          if (documents.stream().anyMatch(each -> each.root().entries().containsKey(kind))) {
            reapply(path, documents, kind);
          }
        });
  }

  private void reapply(String path, List<Document> documents, String kind) {
    Problems problems = new Problems(fileName(path));
    Collection<Item> items = reader.read(documents, WAITING, key -> claim(key, path), problems);
    Optional<Diagnostic> error = firstError(problems.list());
    reported.put(path, problems.list());
    if (error.isEmpty()) {
      objects.apply(Origin.file(path), items);
    } else {
      LOG.warn("{} of {} can't be in effect: {}", kind, path, error.get());
      objects.refuse(Origin.file(path), kind, error.get().toString());
    }
  }

  private void retryRefused() {
    boolean accepting = true;
    while (accepting) {
      accepting = false;
      for (var file : List.copyOf(refused.entrySet())) {
        accepting |= retry(file.getKey(), file.getValue()).isEmpty();
      }
    }
  }

  /** Tries to take over a file again; gives the first error. */
  private Optional<Diagnostic> retry(String path, List<Document> documents) {
    List<Diagnostic> found = apply(path, documents);
    Optional<Diagnostic> error = firstError(found);
    if (!found.equals(reported.put(path, found))) {
      found.forEach(diagnostic -> LOG.warn("{}: {}", path, diagnostic));
      if (error.isEmpty()) {
        LOG.info("{} is in effect", path);
      }
    }
    return error;
  }

  private List<Diagnostic> apply(String path, List<Document> documents) {
    Problems problems = new Problems(fileName(path));
    Collection<Item> items = reader.read(documents, WAITING, key -> claim(key, path), problems);
    List<Diagnostic> found = problems.list();
    if (firstError(found).isPresent()) {
      refused.put(path, documents);
    } else {
      refused.remove(path);
      accepted.put(path, documents);
      objects.apply(Origin.file(path), items);
    }
    return found;
  }

  private Optional<Claim> claim(ObjectKey key, String path) {
    Optional<Origin> origin = objects.origin(key);
    if (origin.isPresent() && origin.get().isStore()) {
      return Optional.of(new Claim("is in the store, which goes first", true));
    }
    return origin
        .map(Origin::path)
        .filter(other -> !other.equals(path) && exists.test(other))
        .map(other -> new Claim("is defined in " + other + " already", false));
  }

  /** What is wrong with a file that was handed over; empty if nothing is. */
  Optional<Diagnostic> error(String path) {
    return firstError(reported.getOrDefault(path, List.of()));
  }

  private static Optional<Diagnostic> firstError(List<Diagnostic> found) {
    return found.stream().filter(d -> d.severity() == Diagnostic.Severity.ERROR).findFirst();
  }

  private static String fileName(String path) {
    @Nullable Path name = Path.of(path).getFileName();
    return name == null ? path : name.toString();
  }
}
