package org.caravanserai.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param part the part that measured it
 * @param quantity what was measured, in words
 * @param target the limit it should keep, if it has one
 * @param reached the figure; {@code null} if there is none, and the remark says why
 * @param unit of the figure and the target
 * @param remark the peers' figures, or how the figure is to be read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Row(
    String part,
    String quantity,
    @Nullable Target target,
    @Nullable Double reached,
    String unit,
    String remark) {

  /** A figure without a target. */
  public static Row of(String part, String quantity, double reached, String unit) {
    return new Row(part, quantity, null, reached, unit, "");
  }

  /** A quantity that could not be measured. */
  public static Row missing(String part, String quantity, String why) {
    return new Row(part, quantity, null, null, "", why);
  }

  /** The same with a target. */
  public Row with(Target limit) {
    return new Row(part, quantity, limit, reached, unit, remark);
  }

  /** The same with a remark. */
  public Row remark(String text) {
    return new Row(part, quantity, target, reached, unit, text);
  }
}
