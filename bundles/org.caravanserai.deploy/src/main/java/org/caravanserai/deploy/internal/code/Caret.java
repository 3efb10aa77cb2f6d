package org.caravanserai.deploy.internal.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.caravanserai.deploy.internal.code.Tokens.Token;
import org.jspecify.annotations.Nullable;

/**
 * A place in a source at which something is being written, and what can be told of it without the
 * compiler.
 */
final class Caret {

  /** A method that is called where something is being written, so that the compiler looks there. */
  static final String MARK = "caravanserai$mark";

  private static final Set<String> TYPE_WORDS =
      Set.of("class", "interface", "enum", "record", "@interface");

  private final String text;
  private final List<Token> tokens;
  private final int from;
  private final String prefix;
  private final int count;
  private final boolean inText;

  /** What is being written. */
  enum Kind {
    /** Nothing that can be told: a comment, a text. */
    NOTHING,
    /** The name of an import. */
    IMPORT,
    /** The name of an annotation. */
    ANNOTATION,
    /** A type, after {@code new}, or where members are declared. */
    TYPE,
    /** A member of what stands before a dot. */
    MEMBER,
    /** Any name. */
    NAME
  }

  Caret(String text, int offset) {
    this.text = text;
    List<Token> all = Tokens.of(text);
    inText =
        all.stream()
            .anyMatch(
                each ->
                    (each.isComment() || each.isQuoted())
                        && each.start() < offset
                        && (offset < each.end() || isOpen(each, offset)));
    tokens = all.stream().filter(each -> !each.isComment()).toList();
    int before = 0;
    while (before < tokens.size() && tokens.get(before).start() < offset) {
      before++;
    }
    Token last = before == 0 ? null : tokens.get(before - 1);
    boolean inName = last != null && last.isName() && last.end() >= offset;
    from = inName && last != null ? last.start() : offset;
    prefix = text.substring(from, offset);
    count = inName ? before - 1 : before;
  }

  /** A line comment, or a text, that ends where one writes. */
  private static boolean isOpen(Token token, int offset) {
    return offset == token.end()
        && (token.text().startsWith("//")
            || (token.isQuoted()
                && (token.text().length() == 1
                    || token.text().charAt(token.text().length() - 1) != token.text().charAt(0))));
  }

  /** Where what is being written begins. */
  int from() {
    return from;
  }

  /** What of it is written. */
  String prefix() {
    return prefix;
  }

  private @Nullable Token before(int back) {
    return count - back >= 0 ? tokens.get(count - back) : null;
  }

  private boolean isBefore(int back, String word) {
    Token token = before(back);
    return token != null && token.is(word);
  }

  Kind kind() {
    if (inText || isNumber()) {
      return Kind.NOTHING;
    }
    int start = statementStart();
    if (start < count && (tokens.get(start).is("import") || tokens.get(start).is("package"))) {
      return tokens.get(start).is("import") ? Kind.IMPORT : Kind.NOTHING;
    }
    if (isBefore(1, ".")) {
      return Kind.MEMBER;
    }
    if (isBefore(1, "@")) {
      return Kind.ANNOTATION;
    }
    if (isBefore(1, "new")
        || isBefore(1, "extends")
        || isBefore(1, "implements")
        || isBefore(1, "throws")
        || isBefore(1, "instanceof")) {
      return Kind.TYPE;
    }
    return isInBody() ? Kind.NAME : Kind.TYPE;
  }

  private boolean isNumber() {
    Token last = before(1);
    return last != null && last.end() == from && Character.isDigit(last.text().charAt(0));
  }

  /** The words before the last dot of an import, with dots; empty if there are none. */
  String importQualifier() {
    StringBuilder name = new StringBuilder();
    for (int i = statementStart() + 1; i < count; i++) {
      if (!tokens.get(i).is("static")) {
        name.append(tokens.get(i).text());
      }
    }
    return name.toString();
  }

  /** What stands before the dot, if it is a name of one or several words; empty if it is not. */
  String qualifier() {
    int start = receiverStart();
    StringBuilder name = new StringBuilder();
    for (int i = start; i < count - 1; i++) {
      Token each = tokens.get(i);
      if (!each.isName() && !each.is(".")) {
        return "";
      }
      name.append(each.text());
    }
    return name.toString();
  }

  /** The index of the first word of what stands before the dot. */
  private int receiverStart() {
    int at = count - 1;
    while (at > 0) {
      int begin = primaryStart(at - 1);
      if (begin < 0) {
        return at;
      }
      at = begin;
      if (at > 0 && tokens.get(at - 1).is(".")) {
        at--;
      } else {
        return at > 0 && tokens.get(at - 1).is("new") ? at - 1 : at;
      }
    }
    return Math.max(0, at);
  }

  /** The index of the first word of the part that ends at a word; -1 if it is no part. */
  private int primaryStart(int end) {
    int at = end;
    while (at >= 0) {
      Token token = tokens.get(at);
      if (token.is(")") || token.is("]") || token.is("}")) {
        at = opening(at) - 1;
        if (at < -1) {
          return -1;
        }
        if (token.is(")") && (at < 0 || !tokens.get(at).isIdentifier())) {
          return at + 1;
        }
      } else if (token.isName() || token.isQuoted()) {
        return at;
      } else {
        return -1;
      }
    }
    return -1;
  }

  /** The index of the bracket that opens what one closes; -1 if there is none. */
  private int opening(int closing) {
    int depth = 0;
    for (int i = closing; i >= 0; i--) {
      String word = tokens.get(i).text();
      if (word.equals(")") || word.equals("]") || word.equals("}")) {
        depth++;
      } else if (word.equals("(") || word.equals("[") || word.equals("{")) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }

  /** The index of the first word after the last end of a statement or beginning of a block. */
  private int statementStart() {
    for (int i = count - 1; i >= 0; i--) {
      String word = tokens.get(i).text();
      if (word.equals(";") || word.equals("{") || word.equals("}")) {
        return i + 1;
      }
    }
    return 0;
  }

  /** The brackets that are open where something is being written, by their indices. */
  private Deque<Integer> open() {
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      String word = tokens.get(i).text();
      if (word.equals("(") || word.equals("[") || word.equals("{")) {
        open.push(i);
      } else if (word.equals(")") || word.equals("]") || word.equals("}")) {
        // One that nobody closes is a mistake of before, and no reason to lose all others.
        while (word.equals("}") && !open.isEmpty() && !tokens.get(open.peek()).is("{")) {
          open.pop();
        }
        if (!open.isEmpty()) {
          open.pop();
        }
      }
    }
    return open;
  }

  /** Whether a brace begins the members of a type. */
  private boolean isTypeBody(int brace) {
    int depth = 0;
    for (int i = brace - 1; i >= 0; i--) {
      Token token = tokens.get(i);
      String word = token.text();
      if (word.equals(")")) {
        depth++;
      } else if (word.equals("(")) {
        depth--;
        if (depth < 0) {
          return false;
        }
      } else if (depth == 0) {
        if (word.equals(";") || word.equals("{") || word.equals("}") || word.equals("->")) {
          return false;
        }
        if (TYPE_WORDS.contains(word) && !(i > 0 && tokens.get(i - 1).is("."))) {
          return true;
        }
        if (word.equals("new")) {
          return tokens.get(brace - 1).is(")");
        }
      }
    }
    return false;
  }

  /** Whether it is in code: a body, or what a field begins with. */
  boolean isInBody() {
    for (int each : open()) {
      if (tokens.get(each).is("{")) {
        return !isTypeBody(each) || isInInitializer(each);
      }
    }
    return false;
  }

  private boolean isInInitializer(int brace) {
    int start = brace;
    int depth = 0;
    boolean assigned = false;
    for (int i = brace + 1; i < count; i++) {
      String word = tokens.get(i).text();
      if (word.equals("{")) {
        depth++;
      } else if (word.equals("}")) {
        depth--;
        assigned = assigned && depth > 0;
      } else if (depth == 0 && word.equals(";")) {
        start = i;
        assigned = false;
      } else if (depth == 0 && word.equals("=")) {
        assigned = i > start;
      }
    }
    return assigned;
  }

  /**
   * The text, with a call of {@link #MARK} where something is being written, all that is open
   * closed behind it, and the members after it as they are.
   */
  String marked() {
    List<Integer> open = new ArrayList<>(open());
    if (!isInBody()) {
      return markedMember(open);
    }
    StringBuilder marked = new StringBuilder(text.substring(0, from)).append(MARK).append("()");
    int body = -1;
    boolean closed = false;
    for (int each : open) {
      Token token = tokens.get(each);
      if (!token.is("{")) {
        marked.append(token.is("(") ? ")" : "]");
      } else if (isTypeBody(each)) {
        if (!closed) {
          marked.append(';');
        }
        break;
      } else {
        marked.append(closed ? "}" : ";}");
        closed = true;
        body = each;
        if (isLambda(each)) {
          // Goes on in an expression, which ends where the next block does.
          closed = false;
        }
      }
    }
    return closed(marked.append(text.substring(rest(body))).toString());
  }

  /** What is open at the end is closed there. */
  private static String closed(String text) {
    int depth = 0;
    for (Token each : Tokens.of(text)) {
      if (each.is("{")) {
        depth++;
      } else if (each.is("}")) {
        depth--;
      }
    }
    return text + "}".repeat(Math.max(0, depth));
  }

  private boolean isLambda(int brace) {
    return brace > 0 && tokens.get(brace - 1).is("->");
  }

  /** The same where members are declared: in a method of its own. */
  private String markedMember(List<Integer> open) {
    int start = statementStart();
    if (open.isEmpty() || start > count) {
      return text;
    }
    int receiver = isBefore(1, ".") ? receiverStart() : count;
    int begin = receiver < tokens.size() ? Math.min(tokens.get(receiver).start(), from) : from;
    int cut = start < tokens.size() ? Math.min(tokens.get(start).start(), from) : from;
    return text.substring(0, cut)
        + " Object caravanserai$member() { return "
        + text.substring(begin, from)
        + MARK
        + "(); } "
        + text.substring(memberEnd());
  }

  /** Where the member that is being written ends: at its semicolon, or before the next line. */
  private int memberEnd() {
    int line = text.indexOf('\n', from);
    int end = text.indexOf(';', from);
    int limit = line < 0 ? text.length() : line;
    return end >= 0 && end < limit ? end + 1 : limit;
  }

  /** Where the text goes on after a body, or after a field. */
  private int rest(int body) {
    int depth = body < 0 ? 0 : depth(body);
    for (int i = count; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("{")) {
        depth++;
      } else if (token.is("}")) {
        depth--;
        if (body >= 0 && depth == 0) {
          return token.end();
        }
        if (body < 0 && depth < 0) {
          return token.start();
        }
      } else if (token.is(";") && body < 0 && depth == 0) {
        return token.end();
      }
    }
    return text.length();
  }

  /** How many braces are open where something is being written, from a body on. */
  private int depth(int body) {
    int depth = 0;
    for (int each : open()) {
      if (tokens.get(each).is("{")) {
        depth++;
      }
      if (each == body) {
        break;
      }
    }
    return depth;
  }
}
