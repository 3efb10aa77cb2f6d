package org.caravanserai.benchmarks;

import java.util.Locale;

/** How figures are written: three digits that count, thousands divided by commas. */
public final class Figures {

  private Figures() {}

  /** A figure without its unit. */
  public static String text(double figure) {
    double size = Math.abs(figure);
    String format;
    if (figure == Math.rint(figure) || size >= 100) {
      format = "%,.0f";
    } else if (size >= 10) {
      format = "%.1f";
    } else {
      format = "%.2f";
    }
    return String.format(Locale.ROOT, format, figure);
  }

  /** A figure with its unit. */
  public static String text(double figure, String unit) {
    return (text(figure) + " " + unit).strip();
  }
}
