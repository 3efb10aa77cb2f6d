package org.caravanserai.objects.internal.user;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.objects.internal.kind.TextReferences;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.UserConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user configuration files: those in folders called {@code user-conf}. Of two of one name the
 * second is refused, and taken when the first is gone. A file that is broken changes nothing.
 */
public final class UserFiles implements UserConfiguration {

  /** The name of the folders. */
  public static final String FOLDER = "user-conf";

  private static final Logger LOG = LoggerFactory.getLogger(UserFiles.class);

  private final YamlReader yaml;
  private final TextReferences references;

  /** What services see, by name. */
  private final Map<String, Map<String, Object>> snapshots = new ConcurrentHashMap<>();

  /** All files by path, as they are, and whose name is whose. */
  private final Map<String, byte[]> contents = new TreeMap<>();

  private final Map<String, String> owners = new TreeMap<>();

  /** Files that say something that is not to be had yet, such as a secret. */
  private final Map<String, List<Diagnostic>> waiting = new TreeMap<>();

  /**
   * None yet.
   *
   * @param references resolves what is in their texts, secrets too
   */
  public UserFiles(YamlReader yaml, TextReferences references) {
    this.yaml = yaml;
    this.references = references;
  }

  @Override
  public @Nullable Map<String, Object> find(String name) {
    return snapshots.get(name);
  }

  /** Whether a file is one of these, by its path. */
  public boolean accepts(Path file) {
    Path folder = file.getParent();
    return folder != null
        && folder.getFileName() != null
        && folder.getFileName().toString().equals(FOLDER)
        && Format.of(file).isPresent();
  }

  /** What would be wrong with a file. */
  public synchronized List<Diagnostic> check(String path, byte[] content) {
    Path file = Path.of(path);
    Problems problems = new Problems(file.getFileName().toString());
    Optional<Map<String, Object>> values =
        Format.of(file).orElseThrow().read(content, yaml, problems);
    if (values.isPresent() && problems.errors() == 0) {
      Map<String, Object> unused = new Resolution(references, problems).of(values.get());
    }
    return problems.list();
  }

  /** Takes a new or changed file, or nothing of it if there is an error among what is returned. */
  public synchronized List<Diagnostic> deploy(String path, byte[] content) {
    contents.put(path, content);
    return apply(path, content);
  }

  private List<Diagnostic> apply(String path, byte[] content) {
    Path file = Path.of(path);
    String fileName = file.getFileName().toString();
    String name = fileName.substring(0, fileName.lastIndexOf('.'));
    Problems problems = new Problems(fileName);
    String owner = owners.putIfAbsent(name, path);
    if (owner != null && !owner.equals(path)) {
      problems.error(Place.UNKNOWN, name + " is " + owner + " already");
      return told(path, problems);
    }
    Optional<Map<String, Object>> values =
        Format.of(file).orElseThrow().read(content, yaml, problems);
    if (values.isPresent() && problems.errors() == 0) {
      Map<String, Object> snapshot = new Resolution(references, problems).of(values.get());
      if (problems.errors() == 0) {
        Map<String, Object> before = snapshots.put(name, snapshot);
        waiting.remove(path);
        if (!snapshot.equals(before)) {
          LOG.info("User configuration {} is in effect", name);
        }
        return problems.list();
      }
    }
    return told(path, problems);
  }

  private List<Diagnostic> told(String path, Problems problems) {
    List<Diagnostic> found = problems.list();
    if (!found.equals(waiting.put(path, found))) {
      found.forEach(each -> LOG.error("User configuration, what was before holds: {}", each));
    }
    return found;
  }

  /** Ends the effect of a file. */
  public synchronized void undeploy(String path) {
    contents.remove(path);
    waiting.remove(path);
    List<String> gone =
        owners.entrySet().stream()
            .filter(each -> each.getValue().equals(path))
            .map(Map.Entry::getKey)
            .toList();
    gone.forEach(owners::remove);
    // Another file of that name may wait for this.
    refresh();
    gone.stream().filter(name -> !owners.containsKey(name)).forEach(snapshots::remove);
  }

  /** Looks again at all files, as what they refer to may have changed. */
  public synchronized void refresh() {
    new TreeMap<>(contents).forEach(this::apply);
  }
}
