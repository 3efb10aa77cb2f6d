package org.caravanserai.deploy.internal.compile;

/**
 * A place in a text.
 *
 * @param line the line, from 1
 * @param column the column in UTF-16 units, from 1
 */
record Place(int line, int column) {

  /** The place of a character. */
  static Place of(CharSequence text, int offset) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < offset; i++) {
      char c = text.charAt(i);
      boolean carriageReturnOfPair =
          c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !carriageReturnOfPair)) {
        line++;
        start = i + 1;
      }
    }
    return new Place(line, offset - start + 1);
  }
}
