package org.caravanserai.deploy.internal.watch;

import java.nio.file.Path;
import java.util.Optional;

/** What the watcher knows of one file. */
final class TrackedFile {

  /** Coarser file clocks than this are unknown. */
  private static final long CLOCK_GRAIN_MILLIS = 2_000;

  private final Path path;
  private final boolean deployment;
  private Optional<FileStamp> stamp = Optional.empty();
  private String hash = "";
  private boolean recheck;
  private boolean refused;

  /**
   * Nothing but its path.
   *
   * @param deployment whether it is a deployment, not a file of another type
   */
  TrackedFile(Path path, boolean deployment) {
    this.path = path;
    this.deployment = deployment;
  }

  boolean deployment() {
    return deployment;
  }

  Path path() {
    return path;
  }

  String name() {
    return path.getFileName().toString();
  }

  /** What was handed over last; empty if nothing was. */
  String hash() {
    return hash;
  }

  void hash(String handedOver) {
    hash = handedOver;
  }

  /** Whether it was turned away for a reason that lies outside of it. */
  boolean refused() {
    return refused;
  }

  void refused(boolean now) {
    refused = now;
  }

  /** Takes note of its stamp; tells whether its content may be another than before. */
  boolean mayHaveChanged(FileStamp now) {
    return !stamp.equals(Optional.of(now))
        || refused
        || (recheck && now.age() > CLOCK_GRAIN_MILLIS);
  }

  /** Its content was read under that stamp. */
  void read(FileStamp under) {
    stamp = Optional.of(under);
    // A change within the same tick of the file's clock would leave the stamp as it is.
    recheck = under.age() <= CLOCK_GRAIN_MILLIS;
  }

  /** What was read is to be read again, however it looks. */
  void lookAgain() {
    stamp = Optional.empty();
  }

  /** It is there again after it was missing. */
  void returned() {
    stamp = Optional.empty();
    hash = "";
  }
}
