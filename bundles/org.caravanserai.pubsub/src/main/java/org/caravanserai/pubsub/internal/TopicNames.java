package org.caravanserai.pubsub.internal;

import java.util.Locale;
import org.caravanserai.broker.Broker;

/**
 * What topics and queues may be called: letters, digits, {@code -} and {@code _} in parts divided
 * by dots, at most 200 ASCII characters. Names that differ in case only are the same.
 */
public final class TopicNames {

  /** What is told to those who call one otherwise. */
  public static final String EXPECTED =
      "expected letters, digits, - and _ in parts divided by dots, at most 200 characters, not"
          + " beginning with "
          + Broker.INTERNAL;

  private static final int LONGEST = 200;

  private TopicNames() {}

  /** Whether a topic or queue may be called so. */
  public static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > LONGEST || isInternal(name)) {
      return false;
    }
    boolean empty = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.' ? empty : !isNameCharacter(c)) {
        return false;
      }
      empty = c == '.';
    }
    return !empty;
  }

  /** The form in which names that differ in case only are the same. */
  public static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether a character may stand between the dots of a name. */
  public static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  private static boolean isInternal(String name) {
    String internal = Broker.INTERNAL;
    return name.regionMatches(true, 0, internal, 0, internal.length());
  }
}
