package org.caravanserai.deploy.internal.code;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.core.compiler.InvalidInputException;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.eclipse.jdt.internal.compiler.parser.Scanner;
import org.eclipse.jdt.internal.compiler.parser.TerminalToken;

/** The words of a source that may be broken. */
final class Tokens {

  private Tokens() {}

  /**
   * One word.
   *
   * @param type what it is; comments are words too
   * @param text the word
   * @param start where it begins
   * @param end where what follows begins
   */
  record Token(TerminalToken type, String text, int start, int end) {

    boolean is(String word) {
      return text.equals(word);
    }

    boolean isName() {
      return type == TerminalToken.TokenNameIdentifier
          || (!text.isEmpty() && Character.isJavaIdentifierStart(text.charAt(0)));
    }

    boolean isIdentifier() {
      return type == TerminalToken.TokenNameIdentifier;
    }

    boolean isComment() {
      return text.startsWith("//") || text.startsWith("/*");
    }

    /** Whether it is a text, or a character, or the beginning of one that has no end. */
    boolean isQuoted() {
      return text.startsWith("\"") || text.startsWith("'");
    }
  }

  /** The words of a text, comments too. What is no word is left out, a text without its end not. */
  static List<Token> of(String text) {
    Scanner scanner = new Scanner(true, false, false, ClassFileConstants.JDK17, null, null, false);
    scanner.setSource(text.toCharArray());
    List<Token> tokens = new ArrayList<>();
    while (true) {
      TerminalToken type;
      try {
        type = scanner.getNextToken();
      } catch (InvalidInputException e) {
        type = TerminalToken.TokenNameERROR;
      }
      if (type == TerminalToken.TokenNameEOF) {
        return tokens;
      }
      int start = scanner.startPosition;
      int end = Math.min(text.length(), Math.max(scanner.currentPosition, start + 1));
      if (start >= end) {
        return tokens;
      }
      tokens.add(new Token(type, text.substring(start, end), start, end));
      if (type == TerminalToken.TokenNameERROR) {
        scanner.resetTo(end, text.length() - 1);
      }
    }
  }
}
