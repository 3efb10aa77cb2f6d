package org.caravanserai.objects.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.caravanserai.objects.internal.yaml.YamlLimits;

/**
 * The settings of the kernel.
 *
 * @param required the kinds that must be there for readiness
 * @param limits of the files
 * @param backoff of what fails
 * @param closeTimeout how long whoever takes a kind away waits for its objects to close
 * @param rescan how often the store is looked at for what was edited by hand
 * @param requiredPing how long after one ping of a required connection the next one follows
 * @param imports the files and folders that are in effect from the start
 */
record KernelSettings(
    Set<String> required,
    YamlLimits limits,
    Backoff backoff,
    Duration closeTimeout,
    Duration rescan,
    Duration requiredPing,
    List<Path> imports) {}
