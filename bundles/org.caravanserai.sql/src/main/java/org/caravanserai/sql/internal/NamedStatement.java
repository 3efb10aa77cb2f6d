package org.caravanserai.sql.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose parameters have names: texts, and the names between them.
 *
 * @param texts the fixed parts, one more than there are names
 * @param names the names, in the order in which they stand there
 */
record NamedStatement(List<String> texts, List<String> names) {

  /**
   * Finds the names of a statement: {@code :name} outside of quotes and comments, and not {@code
   * ::}, by which PostgreSQL casts.
   */
  static NamedStatement parse(String statement) {
    List<String> texts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int begin = 0;
    int i = 0;
    while (i < statement.length()) {
      char c = statement.charAt(i);
      int skipped = skip(statement, i, c);
      if (skipped > i) {
        i = skipped;
      } else if (c == ':' && isNameStart(statement, i + 1)) {
        int end = i + 1;
        while (end < statement.length() && Character.isJavaIdentifierPart(statement.charAt(end))) {
          end++;
        }
        texts.add(statement.substring(begin, i));
        names.add(statement.substring(i + 1, end));
        begin = end;
        i = end;
      } else {
        i++;
      }
    }
    texts.add(statement.substring(begin));
    return new NamedStatement(List.copyOf(texts), List.copyOf(names));
  }

  private static boolean isNameStart(String statement, int i) {
    return i < statement.length()
        && Character.isJavaIdentifierStart(statement.charAt(i))
        && statement.charAt(i) != '$';
  }

  /** Where what begins here and holds no names has ended; {@code i} if nothing such begins. */
  private static int skip(String text, int i, char c) {
    return switch (c) {
      case '\'', '"', '`' -> after(text, String.valueOf(c), i + 1);
      case '-' -> text.startsWith("--", i) ? after(text, "\n", i + 2) : i;
      case '/' -> text.startsWith("/*", i) ? after(text, "*/", i + 2) : i;
      case ':' -> text.startsWith("::", i) ? i + 2 : i;
      case '$' -> dollarQuote(text, i);
      default -> i;
    };
  }

  /** PostgreSQL's {@code $tag$ ... $tag$}. */
  private static int dollarQuote(String text, int i) {
    if (i > 0 && Character.isJavaIdentifierPart(text.charAt(i - 1))) {
      return i;
    }
    int end = i + 1;
    while (end < text.length()
        && text.charAt(end) != '$'
        && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    boolean quote = end < text.length() && text.charAt(end) == '$';
    boolean number = end > i + 1 && Character.isDigit(text.charAt(i + 1));
    return quote && !number ? after(text, text.substring(i, end + 1), end + 1) : i;
  }

  private static int after(String text, String end, int from) {
    int at = text.indexOf(end, from);
    return at < 0 ? text.length() : at + end.length();
  }

  /**
   * The statement as JDBC wants it.
   *
   * @param value gives the value of a name
   * @param params gets the values in the order of their question marks
   */
  String bind(Function<String, @Nullable Object> value, List<@Nullable Object> params) {
    StringBuilder statement = new StringBuilder(texts.get(0));
    for (int i = 0; i < names.size(); i++) {
      Object given = value.apply(names.get(i));
      if (given instanceof Collection<?> several) {
        // An empty list fits nothing; `in ()` is no SQL.
        statement.append(
            several.isEmpty()
                ? "null"
                : String.join(",", java.util.Collections.nCopies(several.size(), "?")));
        params.addAll(several);
      } else {
        statement.append('?');
        params.add(given);
      }
      statement.append(texts.get(i + 1));
    }
    return statement.toString();
  }
}
