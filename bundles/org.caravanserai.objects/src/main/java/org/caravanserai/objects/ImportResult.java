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
 * @param differences what would be different, object by object; empty once it is done
 */
public record ImportResult(
    List<String> added,
    List<String> changed,
    List<String> removed,
    List<String> unchanged,
    List<Diagnostic> warnings,
    List<Difference> differences) {

  /**
   * How an object would change. If both texts are the same, a secret of it changes.
   *
   * @param object which one
   * @param before its fields in YAML as they are; empty if it is not there
   * @param after its fields in YAML as they would be; empty if it would be gone
   */
  public record Difference(String object, String before, String after) {}
}
