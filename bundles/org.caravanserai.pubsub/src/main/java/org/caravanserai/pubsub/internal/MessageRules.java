package org.caravanserai.pubsub.internal;

import java.util.concurrent.TimeUnit;
import org.caravanserai.api.ServiceException;

/** What the elements of a message may be, whoever publishes it. */
public final class MessageRules {

  /** The priority of a message that names none. */
  public static final int USUAL_PRIORITY = 5;

  /** A hundred years, in seconds. */
  public static final long LONGEST_EXPIRATION = 3_153_600_000L;

  private static final int LONGEST_TEXT = 256;

  private MessageRules() {}

  /**
   * Checks an id or the like.
   *
   * @param place what it is called in errors
   * @throws ServiceException with status 400 if it is empty, longer than 256 characters or holds
   *     control characters
   */
  public static String shortText(String place, String text) {
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      throw new ServiceException(400, place + ": expected 1 to " + LONGEST_TEXT + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new ServiceException(400, place + ": must hold no control characters");
    }
    return text;
  }

  /**
   * Checks the name of a property, which has to be one for Jakarta Messaging too (3.1, section
   * 3.5.1), so that filters can name it.
   *
   * @param place what comes before it in errors
   * @throws ServiceException with status 400 if it is none
   */
  public static String propertyName(String place, String name) {
    boolean right =
        name.length() <= LONGEST_TEXT
            && !name.isEmpty()
            && Character.isJavaIdentifierStart(name.charAt(0))
            && name.chars().allMatch(Character::isJavaIdentifierPart)
            && !name.startsWith("JMS")
            && !name.startsWith("_")
            && !name.regionMatches(true, 0, "serai", 0, 5);
    if (!right) {
      throw new ServiceException(
          400,
          place
              + shown(name)
              + ": expected a name of letters, digits and _, not beginning with a digit, _, JMS or"
              + " serai");
    }
    return name;
  }

  private static String shown(String name) {
    return name.length() <= LONGEST_TEXT ? name : name.substring(0, LONGEST_TEXT) + "...";
  }

  /**
   * When a message expires that is published now, in milliseconds since 1970.
   *
   * @param seconds how long it lives; 0 for ever
   */
  public static long expiresAt(long seconds) {
    return seconds == 0 ? 0 : System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(seconds);
  }
}
