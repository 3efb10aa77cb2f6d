package org.caravanserai.routes.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.WatchedFileType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kamelets of the server: {@code NAME.kamelet.yaml} in a folder {@code kamelets} of a watched
 * folder. The last good text of each is kept, so that what uses it comes back after a restart,
 * whatever lies in the folder then.
 */
final class Kamelets implements WatchedFileType {

  static final String SUFFIX = ".kamelet.yaml";

  private static final Logger LOG = LoggerFactory.getLogger(Kamelets.class);
  private static final String FOLDER = "kamelets";
  private static final String ORIGIN = "\n# serai-origin: ";

  private final Path store;
  private final Function<String, Optional<DeployResult>> redeploy;
  private final Map<String, Kamelet> all = new ConcurrentSkipListMap<>();

  /** The names that each deployment's live revision uses. */
  private final Map<String, Set<String>> users = new ConcurrentHashMap<>();

  /**
   * A Kamelet.
   *
   * @param origin the file from which it comes
   * @param content its text
   */
  private record Kamelet(String origin, byte[] content) {}

  /**
   * Those which a folder has kept, without those whose files have gone meanwhile.
   *
   * @param store the folder, made when it is needed
   * @param redeploy makes a deployment anew; empty if that is not possible now
   */
  Kamelets(Path store, Function<String, Optional<DeployResult>> redeploy) {
    this.store = store;
    this.redeploy = redeploy;
    if (Files.isDirectory(store)) {
      try (Stream<Path> files = Files.list(store)) {
        files.filter(file -> file.toString().endsWith(SUFFIX)).forEach(this::load);
      } catch (IOException e) {
        LOG.error("The Kamelets in {} can't be read", store, e);
      }
    }
  }

  private void load(Path file) {
    try {
      String text = Files.readString(file);
      int end = text.lastIndexOf(ORIGIN);
      String origin = text.substring(end + ORIGIN.length()).strip();
      if (end >= 0 && Files.exists(Path.of(origin))) {
        byte[] content = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
        all.put(name(file), new Kamelet(origin, content));
      } else {
        Files.delete(file);
      }
    } catch (IOException e) {
      LOG.error("The Kamelet {} can't be read", file, e);
    }
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /** The text of one; empty if there is none of that name. */
  Optional<byte[]> find(String name) {
    return Optional.ofNullable(all.get(name)).map(Kamelet::content);
  }

  /** A deployment is live with these. */
  void used(String deployment, Set<String> names) {
    users.put(deployment, names);
  }

  /** A deployment is live with these no more. */
  void unused(String deployment, Set<String> names) {
    users.computeIfPresent(deployment, (key, now) -> now == names ? null : now);
  }

  @Override
  public boolean accepts(Path file) {
    Path folder = file.getParent();
    return file.toString().endsWith(SUFFIX)
        && folder != null
        && folder.getFileName() != null
        && folder.getFileName().toString().equals(FOLDER);
  }

  @Override
  public synchronized List<Diagnostic> check(String path, byte[] content) {
    String name = name(Path.of(path));
    Kamelet before = all.get(name);
    if (before != null && !before.origin().equals(path)) {
      return List.of(
          error(path, "Kamelet " + name + " comes from " + before.origin() + " already"));
    }
    return KameletText.check(name, Path.of(path), content);
  }

  @Override
  public synchronized List<Diagnostic> deploy(String path, byte[] content) {
    List<Diagnostic> faults = check(path, content);
    if (!faults.isEmpty()) {
      return faults;
    }
    String name = name(Path.of(path));
    Kamelet before = all.get(name);
    try {
      keep(name, new Kamelet(path, content));
    } catch (IOException e) {
      return List.of(error(path, "it can't be stored: " + e.getMessage()));
    }
    all.put(name, new Kamelet(path, content));
    boolean same = before != null && java.util.Arrays.equals(before.content(), content);
    return same ? List.of() : renew(name, path);
  }

  private void keep(String name, Kamelet kamelet) throws IOException {
    Files.createDirectories(store);
    String text = new String(kamelet.content(), StandardCharsets.UTF_8) + ORIGIN + kamelet.origin();
    Path unfinished = Files.writeString(store.resolve(name + ".part"), text + "\n");
    Files.move(unfinished, store.resolve(name + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes what uses it anew, and tells what does not want it as it is now. */
  private List<Diagnostic> renew(String name, String path) {
    List<Diagnostic> told = new ArrayList<>();
    users.forEach(
        (deployment, names) -> {
          if (names.contains(name)
              && redeploy.apply(deployment).orElse(null) instanceof DeployResult.Rejected refused) {
            String why =
                refused.diagnostics().stream().findFirst().map(Diagnostic::message).orElse("");
            told.add(
                new Diagnostic(
                    Path.of(path).getFileName().toString(),
                    0,
                    0,
                    Diagnostic.Severity.WARNING,
                    deployment + " goes on with the Kamelet as it was: " + why));
          }
        });
    return told;
  }

  @Override
  public synchronized void undeploy(String path) {
    String name = name(Path.of(path));
    Kamelet known = all.get(name);
    if (known != null && known.origin().equals(path)) {
      all.remove(name);
      try {
        Files.deleteIfExists(store.resolve(name + SUFFIX));
      } catch (IOException e) {
        LOG.error("The Kamelet {} can't be taken away", name, e);
      }
      List<String> left =
          users.entrySet().stream()
              .filter(each -> each.getValue().contains(name))
              .map(Map.Entry::getKey)
              .sorted()
              .toList();
      if (!left.isEmpty()) {
        LOG.warn("Kamelet {} is gone; these go on with it until they are deployed: {}", name, left);
      }
    }
  }

  private static Diagnostic error(String path, String message) {
    return Diagnostic.error(Path.of(path).getFileName().toString(), 0, 0, message);
  }
}
