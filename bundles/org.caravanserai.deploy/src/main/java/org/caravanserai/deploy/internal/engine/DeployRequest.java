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
 */
record DeployRequest(
    String name, byte[] source, Optional<Path> file, DeployOptions options, boolean isRollback) {

  DeployRequest(String name, byte[] source, Optional<Path> file, DeployOptions options) {
    this(name, source, file, options, false);
  }

  /** Whether it is only to be told what would happen. */
  boolean dryRun() {
    return options.dryRun();
  }
}
