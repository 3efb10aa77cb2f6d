package org.caravanserai.deploy.internal.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.caravanserai.deploy.DeployOptions;

/**
 * A wish to deploy.
 *
 * @param name the deployment's name
 * @param source the source, UTF-8, or an archive
 * @param file the watched file that holds it; empty if it came otherwise
 * @param options how
 * @param isRollback whether the source is that of an earlier revision
 * @param edit the change of a watched file that is made when it is live
 * @param replaces the deployment in whose place it comes; empty if it is none of another name
 */
record DeployRequest(
    String name,
    byte[] source,
    Optional<Path> file,
    DeployOptions options,
    boolean isRollback,
    Optional<FileEdit> edit,
    Optional<String> replaces) {

  DeployRequest(String name, byte[] source, Optional<Path> file, DeployOptions options) {
    this(name, source, file, options, false, Optional.empty(), Optional.empty());
  }

  /** Whether it is only to be told what would happen. */
  boolean dryRun() {
    return options.dryRun();
  }

  /** The watched file that holds it, or is to hold it. */
  Optional<Path> place() {
    return file.or(() -> edit.map(FileEdit::origin));
  }
}
