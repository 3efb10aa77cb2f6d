package org.caravanserai.runtime.internal.binding;

/** The spelling of numbers in text. */
final class Digits {

  private Digits() {}

  /** Whether a text is a whole number: digits, with or without a sign. */
  static boolean isWhole(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > start;
  }
}
