package org.caravanserai.deploy.internal.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.caravanserai.deploy.WatchedFile;
import org.caravanserai.deploy.internal.library.LibraryFile;
import org.caravanserai.deploy.internal.store.DeploymentName;
import org.caravanserai.deploy.internal.store.Sha256;
import org.caravanserai.spi.Diagnostic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads files that have changed and brings them to whoever takes files of their name. */
final class FileDelivery {

  private static final Logger LOG = LoggerFactory.getLogger(FileDelivery.class);

  private static final String REJECTED = "rejected";
  private static final String WAITING = "waiting";

  private final WatchedFolders folders;
  private final long maxSize;
  private final SourceFiles sources;
  private final TypedFiles types = new TypedFiles();
  private final Map<Path, WatchedFile> outcomes = new ConcurrentSkipListMap<>();

  /** Files that wait to be brought. */
  private final Map<Path, WatchedFile> held = new ConcurrentSkipListMap<>();

  private final Predicate<TrackedFile> holds;

  /**
   * Brings files.
   *
   * @param holds which files may not be brought now unless their content is what is live
   */
  FileDelivery(
      WatchedFolders folders, long maxSize, SourceFiles sources, Predicate<TrackedFile> holds) {
    this.folders = folders;
    this.holds = holds;
    this.maxSize = maxSize;
    this.sources = sources;
  }

  TypedFiles types() {
    return types;
  }

  List<WatchedFile> files() {
    Map<Path, WatchedFile> all = new TreeMap<>(outcomes);
    all.putAll(held);
    return List.copyOf(all.values());
  }

  /** The files that wait; they are no longer held. */
  Set<Path> release() {
    Set<Path> files = Set.copyOf(held.keySet());
    held.clear();
    return files;
  }

  /** A file that waits is not there any more. */
  void drop(Path path) {
    held.remove(path);
  }

  /** What became of a file that is no deployment, or of one that could not be taken. */
  Optional<WatchedFile> outcome(Path path) {
    return Optional.ofNullable(held.get(path)).or(() -> Optional.ofNullable(outcomes.get(path)));
  }

  /** The deployment that a file, or a folder, is; empty if it is none. */
  Optional<String> deployment(Path path) {
    if (!isDeployment(path)) {
      return Optional.empty();
    }
    String name = path.getFileName().toString();
    return Optional.of(sources.deploymentName(name).orElse(name));
  }

  /** How large a file may be at most. */
  long maxSize(Path path) {
    return isDeployment(path) ? maxSize : types.maxSize(path).orElse(maxSize);
  }

  /** Whether anybody takes files of that name. */
  boolean takes(Path path) {
    return isDeployment(path) || types.accepts(path);
  }

  private boolean isDeployment(Path path) {
    return SourceFolder.is(path)
        || (sources.deploymentName(path.getFileName().toString()).isPresent()
            && !LibraryFile.is(path));
  }

  /** The name of the deployment that a file, or a folder of that name, is. */
  private String nameOf(TrackedFile file) {
    return sources.deploymentName(file.name()).orElse(file.name());
  }

  /** Follows a file of an earlier run. Only deployments need not be brought again. */
  TrackedFile known(Path path, String hash) {
    TrackedFile file = new TrackedFile(path, !LibraryFile.is(path));
    if (file.deployment()) {
      file.hash(hash);
    } else {
      types.know(path);
    }
    return file;
  }

  /** Whether a file was refused for what may have been a lack of something else. */
  boolean isRefused(TrackedFile file) {
    if (file.deployment()) {
      return sources.isRefused(nameOf(file), file.path());
    }
    WatchedFile outcome = outcomes.get(file.path());
    return outcome != null && outcome.status().equals(REJECTED);
  }

  /** Begins to follow a file. */
  TrackedFile track(Path path) {
    return new TrackedFile(path, isDeployment(path));
  }

  /** Brings a deployment once more even if it is the same; who has it already knows it. */
  void readAnew(TrackedFile file) {
    if (file.deployment()) {
      file.returned();
    }
  }

  /** What became of a delivery. */
  enum Outcome {
    /** It is where it belongs, or refused, or was known already. */
    DONE,
    /** It was written meanwhile. */
    MOVED,
    /** It may be unfinished. */
    UNFINISHED
  }

  /**
   * Reads a source that may still be written, and brings it where it belongs if it makes sense as
   * it is: most saves are complete when the first notice of them comes.
   */
  Outcome deliverEarly(TrackedFile file, FileStamp stamp) {
    if (!file.deployment()
        || stamp.size() > maxSize
        || Files.isDirectory(file.path())
        || !DeploymentName.isValid(nameOf(file))
        || rival(file).isPresent()) {
      return Outcome.UNFINISHED;
    }
    try {
      byte[] content = Files.readAllBytes(file.path());
      if (!FileStamp.of(file.path()).equals(Optional.of(stamp))) {
        return Outcome.MOVED;
      }
      String hash = Sha256.of(content);
      if (!isKnown(file, hash)
          && (isHeld(file, hash) || !sources.changed(nameOf(file), file.path(), content, true))) {
        return Outcome.UNFINISHED;
      }
      file.read(stamp);
      taken(file, hash);
      return Outcome.DONE;
    } catch (IOException e) {
      return Outcome.UNFINISHED;
    }
  }

  /** Whether it was brought last; a deployment that was taken away since is brought again. */
  private boolean isKnown(TrackedFile file, String hash) {
    boolean there =
        !file.deployment() || sources.origin(nameOf(file)).equals(Optional.of(file.path()));
    return there && !file.refused() && hash.equals(file.hash());
  }

  private void taken(TrackedFile file, String hash) {
    file.hash(hash);
    file.refused(false);
    outcomes.remove(file.path());
    held.remove(file.path());
  }

  private boolean isHeld(TrackedFile file, String hash) {
    return holds.test(file) && !(file.deployment() && hash.equals(sources.seen().get(file.path())));
  }

  /** Reads a file and brings it where it belongs, if its content is not what was brought last. */
  Outcome deliver(TrackedFile file, FileStamp stamp) {
    long limit = maxSize(file.path());
    if (stamp.size() > limit) {
      file.read(stamp);
      refuse(file, "too large: " + stamp.size() + " bytes, the limit is " + limit + " bytes");
      return Outcome.DONE;
    }
    byte[] content;
    try {
      content =
          Files.isDirectory(file.path())
              ? SourceFolder.pack(file.path())
              : Files.readAllBytes(file.path());
    } catch (IOException e) {
      file.read(stamp);
      file.refused(refuse(file, "can't be read: " + e.getClass().getSimpleName()));
      return Outcome.DONE;
    }
    if (!FileStamp.of(file.path()).equals(Optional.of(stamp))) {
      return Outcome.MOVED;
    }
    file.read(stamp);
    String hash = Sha256.of(content);
    if (isKnown(file, hash)) {
      held.remove(file.path());
    } else if (isHeld(file, hash)) {
      hold(file);
    } else {
      held.remove(file.path());
      bring(file, hash, content);
    }
    return Outcome.DONE;
  }

  private void hold(TrackedFile file) {
    WatchedFile waiting = new WatchedFile(file.path().toString(), WAITING, List.of());
    if (held.put(file.path(), waiting) == null) {
      LOG.info("{} waits: the server is read-only", file.path());
    }
  }

  private void bring(TrackedFile file, String hash, byte[] content) {
    if (!file.deployment()) {
      file.hash(hash);
      file.refused(false);
      outcome(file.path(), types.changed(file.path(), content));
      return;
    }
    String name = nameOf(file);
    Optional<Path> other = rival(file);
    if (!DeploymentName.isValid(name)) {
      file.hash(hash);
      refuse(file, DeploymentName.RULE);
    } else if (other.isPresent()) {
      // Looked at again and again, for the other one may go.
      file.refused(refuse(file, "the name " + name + " is taken by " + other.get()));
    } else {
      taken(file, hash);
      sources.changed(name, file.path(), content, false);
    }
  }

  /** Another file that is the deployment of that name. */
  private Optional<Path> rival(TrackedFile file) {
    return sources
        .origin(nameOf(file))
        .filter(first -> !first.equals(file.path()))
        .filter(first -> folders.covers(first) && Files.exists(first));
  }

  private boolean refuse(TrackedFile file, String why) {
    outcome(file.path(), List.of(Diagnostic.error(file.name(), 0, 0, why)));
    return true;
  }

  private void outcome(Path path, List<Diagnostic> found) {
    boolean failed = found.stream().anyMatch(each -> each.severity() == Diagnostic.Severity.ERROR);
    WatchedFile now = new WatchedFile(path.toString(), failed ? REJECTED : "applied", found);
    if (!now.equals(outcomes.put(path, now)) || !failed) {
      LOG.info("{} {}", path, now.status());
      found.forEach(each -> LOG.warn("{}: {}", path, each));
    }
  }

  /** Tells whoever took a file that it is gone. */
  void gone(TrackedFile file) {
    outcomes.remove(file.path());
    held.remove(file.path());
    if (file.deployment()) {
      sources.gone(nameOf(file), file.path());
    } else {
      types.gone(file.path());
    }
  }

  /** Forgets a file whose type is not there any more. */
  void forget(Path path) {
    outcomes.remove(path);
    held.remove(path);
    types.forget(path);
  }
}
