package org.caravanserai.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paths of a common form: {@code /orders/{id}/lines}. A parameter stands for at least one character
 * of one segment, and may have text before and after it: {@code /files/{name}.pdf}.
 *
 * <p>In a template that is read so, the last parameter also stands for several segments: {@code
 * /files/{path}} matches {@code /files/a/b}. It goes after all others at its place.
 *
 * <p>Of several templates that match a path, the one wins which has text where the others have a
 * parameter, at the first segment where they differ; more text around a parameter wins over less.
 */
public final class PathTemplate {

  private static final String PUB_SUB = "/pubsub";
  private static final List<String> RESERVED = List.of("/health", PUB_SUB, "/openapi.json");
  private static final int LONGEST = 2000;
  private static final String FORBIDDEN = "?#%;\\\"<>^`|{}";

  private final String text;
  private final List<Segment> segments;

  /**
   * What stands between two slashes.
   *
   * @param prefix the text before the parameter, or all of it if there is none
   * @param parameter the parameter's name, if there is one
   * @param suffix the text after the parameter
   * @param spansSlashes whether the parameter also stands for several segments
   */
  public record Segment(
      String prefix, @Nullable String parameter, String suffix, boolean spansSlashes) {}

  private PathTemplate(String text, List<Segment> segments) {
    this.text = text;
    this.segments = segments;
  }

  /** Reads a template whose parameters stand for one segment. */
  public static PathTemplate parse(String text) {
    return parse(text, false);
  }

  /**
   * Reads a template.
   *
   * @param text the template: plain text, not percent-encoded
   * @param matchSlash whether the last parameter also stands for several segments
   * @throws IllegalArgumentException if it makes no sense; the message says why
   */
  public static PathTemplate parse(String text, boolean matchSlash) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("must start with /");
    }
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("must not be longer than " + LONGEST + " characters");
    }
    List<Segment> segments = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int start = 1; start <= text.length(); ) {
      int slash = text.indexOf('/', start);
      int end = slash < 0 ? text.length() : slash;
      Segment segment = segment(text.substring(start, end), slash < 0);
      segments.add(segment);
      String name = segment.parameter();
      if (name != null) {
        if (names.contains(name)) {
          throw new IllegalArgumentException("has the parameter {" + name + "} twice");
        }
        names.add(name);
      }
      start = end + 1;
    }
    if (matchSlash) {
      spanLast(segments);
    }
    return new PathTemplate(text, List.copyOf(segments));
  }

  private static void spanLast(List<Segment> segments) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      if (segment.parameter() != null) {
        segments.set(i, new Segment(segment.prefix(), segment.parameter(), segment.suffix(), true));
        return;
      }
    }
  }

  private static Segment segment(String text, boolean last) {
    if (text.isEmpty() && !last) {
      throw new IllegalArgumentException("must not contain //");
    }
    if (text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException("must not contain the segment " + text);
    }
    int open = text.indexOf('{');
    int close = text.indexOf('}');
    if (open < 0 && close < 0) {
      return new Segment(plain(text), null, "", false);
    }
    if (open < 0 || close < open) {
      throw new IllegalArgumentException("has a brace without its partner in " + text);
    }
    String suffix = text.substring(close + 1);
    if (suffix.indexOf('{') >= 0) {
      throw new IllegalArgumentException(
          "has more than one parameter between two slashes: " + text);
    }
    String name = text.substring(open + 1, close);
    if (name.isEmpty() || !name.chars().allMatch(PathTemplate::isNameCharacter)) {
      throw new IllegalArgumentException(
          "has a parameter whose name is not made of letters, digits, _, - and .: {" + name + "}");
    }
    return new Segment(plain(text.substring(0, open)), name, plain(suffix), false);
  }

  private static String plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7f || FORBIDDEN.indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "contains "
                + (c <= ' ' || c == 0x7f ? "a space or control character" : "the character " + c)
                + ", which can't stand there (characters are written plainly, not as %XX)");
      }
    }
    return text;
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }

  /**
   * Whether a path belongs to the server itself: {@code /health}, {@code /pubsub}, {@code
   * /openapi.json} and what is below them.
   */
  public static boolean isReserved(String path) {
    for (String prefix : RESERVED) {
      if (isBelow(path, prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a path is {@code /pubsub} or below it. */
  public static boolean isPubSub(String path) {
    return isBelow(path, PUB_SUB);
  }

  private static boolean isBelow(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  /** What stands between the slashes, in order; the last one is empty after a final slash. */
  public List<Segment> segments() {
    return segments;
  }

  /** Whether it matches one path only. */
  public boolean isLiteral() {
    return segments.stream().allMatch(segment -> segment.parameter() == null);
  }

  /** The template as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
