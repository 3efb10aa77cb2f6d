package org.caravanserai.management.internal;

import java.io.ByteArrayOutputStream;

/**
 * What a command prints, without the colours of a terminal (ECMA-48, SGR), of which it has none.
 */
final class PlainOutput extends ByteArrayOutputStream {

  private static final int ESCAPE = 0x1B;

  /** What may have begun a sequence: {@code ESC [} and parameters. */
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      write(bytes[i]);
    }
  }

  @Override
  public synchronized void write(int value) {
    int letter = value & 0xFF;
    if (begun.size() == 0) {
      if (letter == ESCAPE) {
        begun.write(letter);
      } else {
        super.write(letter);
      }
    } else if (begun.size() > 1 && letter == 'm') {
      begun.reset();
    } else if (begun.size() == 1 ? letter == '[' : isParameter(letter)) {
      begun.write(letter);
    } else {
      byte[] other = begun.toByteArray();
      begun.reset();
      super.write(other, 0, other.length);
      super.write(letter);
    }
  }

  private static boolean isParameter(int letter) {
    return (letter >= '0' && letter <= '9') || letter == ';';
  }
}
