package org.caravanserai.pubsub.internal.access;

import java.util.List;
import org.caravanserai.pubsub.internal.TopicNames;

/**
 * Names of topics of a common form: {@code *} stands for one part between dots, {@code **} for any
 * number of them, none too; both stand anywhere. Case does not matter.
 */
public final class TopicPattern {

  private static final String ONE = "*";
  private static final String ANY = "**";
  private static final int LONGEST = 200;

  private final String text;
  private final String[] parts;
  private final boolean literal;

  private TopicPattern(String text, String[] parts) {
    this.text = text;
    this.parts = parts;
    this.literal = text.indexOf('*') < 0;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it can match no topic; the message says why
   */
  public static TopicPattern parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("must not be longer than " + LONGEST + " characters");
    }
    String[] parts = TopicNames.key(text).split("\\.", -1);
    for (String part : parts) {
      if (!part.equals(ONE) && !part.equals(ANY) && !TopicNames.isValid(part)) {
        throw new IllegalArgumentException(
            "expected parts of letters, digits, - and _, divided by dots, or * for any part, or **"
                + " for any number of them; found "
                + text);
      }
    }
    return new TopicPattern(text, parts);
  }

  /** Whether it matches one name only. */
  boolean isLiteral() {
    return literal;
  }

  /**
   * Whether a name is of this form.
   *
   * @param name the parts of the name, in small letters
   */
  boolean matches(List<String> name) {
    int part = 0;
    int at = 0;
    // Where to go back to: behind the last **, which then takes one part more.
    int anyPart = -1;
    int anyAt = 0;
    while (at < name.size()) {
      if (part < parts.length && parts[part].equals(ANY)) {
        anyPart = ++part;
        anyAt = at;
      } else if (part < parts.length
          && (parts[part].equals(ONE) || parts[part].equals(name.get(at)))) {
        part++;
        at++;
      } else if (anyPart >= 0) {
        part = anyPart;
        at = ++anyAt;
      } else {
        return false;
      }
    }
    while (part < parts.length && parts[part].equals(ANY)) {
      part++;
    }
    return part == parts.length;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
