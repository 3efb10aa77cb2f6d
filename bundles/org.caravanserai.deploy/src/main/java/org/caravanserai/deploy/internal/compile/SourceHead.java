package org.caravanserai.deploy.internal.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jdt.core.compiler.InvalidInputException;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.eclipse.jdt.internal.compiler.parser.Scanner;
import org.eclipse.jdt.internal.compiler.parser.TerminalToken;

/**
 * What can be told of a source without compiling it.
 *
 * @param packageName the package, empty for the unnamed one
 * @param packagePlace where the package is declared
 * @param imports the import declarations
 * @param bare whether nothing but comments follows
 */
public record SourceHead(
    String packageName, Optional<ImportLine> packagePlace, List<ImportLine> imports, boolean bare) {

  /**
   * A declaration and where it stands.
   *
   * @param name the qualified name, without {@code static} and {@code .*}
   * @param line the line, from 1
   * @param column the column, from 1
   */
  public record ImportLine(String name, int line, int column) {}

  /** The first import of that package or of a type in it. */
  public Optional<ImportLine> importOf(String packageName) {
    return imports.stream()
        .filter(
            line -> line.name().equals(packageName) || line.name().startsWith(packageName + "."))
        .findFirst();
  }

  /** Reads the head of a source as far as it is well formed. */
  static SourceHead of(String text) {
    Scanner scanner = new Scanner(false, false, false, ClassFileConstants.JDK17, null, null, false);
    scanner.setSource(text.toCharArray());
    Optional<ImportLine> packageLine = Optional.empty();
    List<ImportLine> imports = new ArrayList<>();
    TerminalToken token = next(scanner);
    while (true) {
      if (token == TerminalToken.TokenNamepackage && packageLine.isEmpty()) {
        packageLine = Optional.of(qualifiedName(scanner, text));
      } else if (token == TerminalToken.TokenNameimport) {
        imports.add(qualifiedName(scanner, text));
      } else if (token != TerminalToken.TokenNameSEMICOLON) {
        break;
      }
      token = next(scanner);
    }
    return new SourceHead(
        packageLine.map(ImportLine::name).orElse(""),
        packageLine,
        List.copyOf(imports),
        token == TerminalToken.TokenNameEOF);
  }

  private static ImportLine qualifiedName(Scanner scanner, String text) {
    Place place = null;
    StringBuilder name = new StringBuilder();
    while (true) {
      TerminalToken token = next(scanner);
      if (token == TerminalToken.TokenNameIdentifier) {
        if (place == null) {
          place = Place.of(text, scanner.startPosition);
        }
        if (!name.isEmpty()) {
          name.append('.');
        }
        name.append(scanner.getCurrentTokenSource());
      } else if (token != TerminalToken.TokenNameDOT
          && token != TerminalToken.TokenNamestatic
          && token != TerminalToken.TokenNameMULTIPLY) {
        break;
      }
    }
    Place start = place == null ? Place.of(text, scanner.startPosition) : place;
    return new ImportLine(name.toString(), start.line(), start.column());
  }

  private static TerminalToken next(Scanner scanner) {
    try {
      return scanner.getNextToken();
    } catch (InvalidInputException e) {
      // The compiler reports it; what can't be read ends the head.
      return TerminalToken.TokenNameERROR;
    }
  }
}
