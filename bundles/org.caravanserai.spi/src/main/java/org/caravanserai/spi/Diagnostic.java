package org.caravanserai.spi;

/**
 * What is wrong in a file, and where.
 *
 * @param file the file's name, as its author knows it
 * @param line the line, from 1; 0 when unknown
 * @param column the column, from 1; 0 when unknown
 * @param severity how bad it is
 * @param message what is wrong, in words
 */
public record Diagnostic(String file, int line, int column, Severity severity, String message) {

  /** How bad it is. */
  public enum Severity {
    /** The file is refused. */
    ERROR,
    /** The file is accepted all the same. */
    WARNING
  }

  /** An error at a place. */
  public static Diagnostic error(String file, int line, int column, String message) {
    return new Diagnostic(file, line, column, Severity.ERROR, message);
  }

  /** Reads as compilers write: {@code file:line:column: error: message}. */
  @Override
  public String toString() {
    String place = line == 0 ? file : file + ":" + line + ":" + column;
    return place + ": " + severity.name().toLowerCase(java.util.Locale.ROOT) + ": " + message;
  }
}
