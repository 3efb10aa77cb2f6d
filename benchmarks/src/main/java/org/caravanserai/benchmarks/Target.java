package org.caravanserai.benchmarks;

/**
 * A limit that a figure should keep.
 *
 * @param comparison {@code <}, {@code <=}, {@code >=}, {@code >} or {@code =}
 * @param limit in the unit of the figure
 */
public record Target(String comparison, double limit) {

  /** Less than that. */
  public static Target below(double limit) {
    return new Target("<", limit);
  }

  /** More than that. */
  public static Target above(double limit) {
    return new Target(">", limit);
  }

  /** That or more. */
  public static Target atLeast(double limit) {
    return new Target(">=", limit);
  }

  /** That or less. */
  public static Target atMost(double limit) {
    return new Target("<=", limit);
  }

  /** Exactly that. */
  public static Target exactly(double limit) {
    return new Target("=", limit);
  }

  /** Whether a figure keeps it. */
  public boolean isMetBy(double figure) {
    return switch (comparison) {
      case "<" -> figure < limit;
      case "<=" -> figure <= limit;
      case ">=" -> figure >= limit;
      case ">" -> figure > limit;
      case "=" -> figure == limit;
      default -> throw new IllegalStateException("no comparison: " + comparison);
    };
  }
}
