package org.caravanserai.objects;

import java.util.List;
import org.caravanserai.spi.Diagnostic;

/**
 * What an import has done, or would do. Objects read {@code kind/name}.
 *
 * @param added those that were not there
 * @param changed those that were different
 * @param removed those that are gone
 * @param unchanged those that are as they were
 * @param warnings what was overlooked
 */
public record ImportResult(
    List<String> added,
    List<String> changed,
    List<String> removed,
    List<String> unchanged,
    List<Diagnostic> warnings) {}
