package org.caravanserai.objects.internal.yaml;

/**
 * A place in a file.
 *
 * @param line the line, from 1; 0 when unknown
 * @param column the column, from 1; 0 when unknown
 */
public record Place(int line, int column) {

  /** No place in particular. */
  public static final Place UNKNOWN = new Place(0, 0);

  /** The place of a character of a text. */
  static Place in(CharSequence text, int index) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(index, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Place(line, column);
  }
}
