package org.caravanserai.deploy.internal.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;

/**
 * A library that a source asks for, as for JBang: {@code //DEPS com.acme:tariff:1.0 ...} at the
 * begin of a line.
 *
 * @param artifact {@code group:artifact:version}
 * @param file the name of the source in diagnostics
 * @param line the line, from 1
 * @param column the column, from 1
 */
record DependencyLine(String artifact, String file, int line, int column) {

  /** What such a line begins with. */
  static final String MARK = "//DEPS";

  private static final Pattern WORD = Pattern.compile("[^\\s,;]+");
  private static final Pattern ARTIFACT = Pattern.compile("[\\w.-]+:[\\w.-]+:[\\w.+-]+");

  /**
   * Those of a source, in their order.
   *
   * @throws RejectedException if one is not {@code group:artifact:version}
   */
  static List<DependencyLine> of(SourceFile source) throws RejectedException {
    List<DependencyLine> found = new ArrayList<>();
    List<Diagnostic> wrong = new ArrayList<>();
    int number = 0;
    if (!source.text().contains(MARK)) {
      return found;
    }
    for (String line : source.text().lines().toList()) {
      number++;
      if (!line.startsWith(MARK)
          || (line.length() > MARK.length()
              && !Character.isWhitespace(line.charAt(MARK.length())))) {
        continue;
      }
      int comment = line.indexOf("//", MARK.length());
      Matcher words = WORD.matcher(comment < 0 ? line : line.substring(0, comment));
      boolean isEmpty = true;
      for (int from = MARK.length(); words.find(from); from = words.end()) {
        isEmpty = false;
        DependencyLine each =
            new DependencyLine(words.group(), source.name(), number, words.start() + 1);
        if (ARTIFACT.matcher(each.artifact()).matches()) {
          found.add(each);
        } else {
          wrong.add(each.error("'" + each.artifact() + "' is not GROUP:ARTIFACT:VERSION"));
        }
      }
      if (isEmpty) {
        wrong.add(
            Diagnostic.error(source.name(), number, 1, MARK + " without a GROUP:ARTIFACT:VERSION"));
      }
    }
    if (!wrong.isEmpty()) {
      throw new RejectedException(Stage.COMPILE, wrong);
    }
    return found;
  }

  /** An error where it stands. */
  Diagnostic error(String message) {
    return Diagnostic.error(file, line, column, message);
  }
}
