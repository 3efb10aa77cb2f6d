package org.caravanserai.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.metrics.History;
import org.jspecify.annotations.Nullable;

/**
 * Numbers over a time.
 *
 * @param isKept whether there are any of this service; not if it was not called for long, or there
 *     are too many others
 * @param step how many seconds a point stands for
 * @param times where each point begins, in seconds since 1970
 * @param values the values of each number by its name; null where there is none
 */
public record HistoryAnswer(
    boolean isKept, int step, List<Long> times, Map<String, List<@Nullable Double>> values) {

  /** An answer without any number. */
  public static HistoryAnswer none(int step) {
    return new HistoryAnswer(false, step, List.of(), Map.of());
  }

  /**
   * An answer with some of the numbers.
   *
   * @param names which; empty for all
   */
  public static HistoryAnswer of(History.Span span, List<String> names) {
    Map<String, List<@Nullable Double>> values = new LinkedHashMap<>(span.values());
    if (!names.isEmpty()) {
      values.keySet().retainAll(names);
    }
    return new HistoryAnswer(true, span.stepSeconds(), span.times(), values);
  }
}
