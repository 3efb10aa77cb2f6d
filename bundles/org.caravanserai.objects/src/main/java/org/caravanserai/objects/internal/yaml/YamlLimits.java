package org.caravanserai.objects.internal.yaml;

/**
 * How much a YAML file may ask for.
 *
 * @param maxBytes the size of the file, in bytes
 * @param maxDepth how deep lists and mappings may be nested
 * @param maxAliases how many aliases of lists and mappings there may be
 */
public record YamlLimits(int maxBytes, int maxDepth, int maxAliases) {}
