package org.caravanserai.itests;

/** How far a test goes: a short form in every build, the full one with {@code -Plong}. */
final class Length {

  private Length() {}

  static boolean isFull() {
    return Boolean.getBoolean("serai.long");
  }

  static int of(int brief, int full) {
    return isFull() ? full : brief;
  }
}
