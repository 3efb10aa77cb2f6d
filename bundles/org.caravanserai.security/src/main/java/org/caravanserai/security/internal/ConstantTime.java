package org.caravanserai.security.internal;

/** Compares in a time that says nothing about where texts differ. */
public final class ConstantTime {

  private ConstantTime() {}

  /**
   * Whether a text ends with exactly what is expected, from an index on. The time depends on the
   * length of the text only.
   *
   * @param expected not empty
   */
  public static boolean same(String expected, String text, int from) {
    int length = text.length() - from;
    int difference = expected.length() ^ length;
    for (int i = 0; i < length; i++) {
      // 0 as soon as i is beyond what is expected, without a branch
      int index = ((i - expected.length()) >>> 31) * i;
      difference |= expected.charAt(index) ^ text.charAt(from + i);
    }
    return difference == 0;
  }
}
