package org.caravanserai.deploy.internal.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A wish to deploy.
 *
 * @param name the deployment's name
 * @param source the source, UTF-8
 * @param file the watched file that holds it; empty if it came otherwise
 * @param expected the revision that must be current; empty for any
 * @param dryRun only tell what would happen
 */
record DeployRequest(
    String name, byte[] source, Optional<Path> file, OptionalInt expected, boolean dryRun) {}
