package org.caravanserai.deploy.internal.watch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.WatchedFileType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that go to a {@link WatchedFileType}. Files are handed over by one thread only. */
final class TypedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(TypedFiles.class);

  private final List<WatchedFileType> types = new CopyOnWriteArrayList<>();
  private final Map<Path, WatchedFileType> owners = new ConcurrentHashMap<>();

  void add(WatchedFileType type) {
    types.add(type);
  }

  void remove(WatchedFileType type) {
    types.remove(type);
  }

  /** Whether some type takes a file. */
  boolean accepts(Path file) {
    return find(file).isPresent();
  }

  private Optional<WatchedFileType> find(Path file) {
    return types.stream().filter(type -> type.accepts(file)).findFirst();
  }

  /** How large a file may be at most that is not as others; empty if it is. */
  OptionalLong maxSize(Path file) {
    return find(file).map(WatchedFileType::maxSize).orElse(OptionalLong.empty());
  }

  /** A file is known from an earlier run; its type knows it. */
  void know(Path file) {
    find(file).ifPresent(type -> owners.put(file, type));
  }

  /** Whether the type that took a file is not there any more. */
  boolean isOrphan(Path file) {
    WatchedFileType owner = owners.get(file);
    return owner != null && !types.contains(owner);
  }

  /** Forgets a file without telling anybody. */
  void forget(Path file) {
    owners.remove(file);
  }

  /** Tells what would be wrong with a file. */
  List<Diagnostic> check(Path file, byte[] content) {
    return find(file).map(type -> type.check(file.toString(), content)).orElse(List.of());
  }

  /** Hands a file over, and tells what is wrong with it. */
  List<Diagnostic> changed(Path file, byte[] content) {
    String name = file.getFileName().toString();
    Optional<WatchedFileType> found = find(file);
    if (found.isEmpty()) {
      return List.of();
    }
    owners.put(file, found.get());
    try {
      return List.copyOf(found.get().deploy(file.toString(), content));
    } catch (RuntimeException e) {
      LOG.error("{} could not be applied", file, e);
      return List.of(
          Diagnostic.error(name, 0, 0, "could not be applied: internal error, see the log"));
    }
  }

  /** Tells the type of a file that it is gone. */
  void gone(Path file) {
    WatchedFileType owner = owners.remove(file);
    if (owner != null && types.contains(owner)) {
      try {
        owner.undeploy(file.toString());
      } catch (RuntimeException e) {
        LOG.error("The end of {} could not be applied", file, e);
      }
    }
  }
}
