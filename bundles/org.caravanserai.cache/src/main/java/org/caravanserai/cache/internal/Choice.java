package org.caravanserai.cache.internal;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.function.Predicate;
import org.caravanserai.api.CacheKeys;
import org.caravanserai.api.ServiceException;

/** Reads what chooses keys. */
final class Choice {

  private static final int LONGEST_REGEX = 1000;

  /** Each character of a key may run through all of a program. */
  private static final int LARGEST_PROGRAM = 2000;

  private Choice() {}

  /**
   * Whether a key is chosen.
   *
   * @throws ServiceException with status 400 if a regular expression makes no sense
   */
  static Predicate<String> of(CacheKeys keys) {
    List<String> texts = keys.texts();
    String first = texts.get(0);
    return switch (keys.form()) {
      case PREFIX -> key -> key.startsWith(first);
      case SUFFIX -> key -> key.endsWith(first);
      case CONTAINS -> key -> key.contains(first);
      case NOT_CONTAINS -> key -> !key.contains(first);
      case CONTAINS_ALL -> key -> texts.stream().allMatch(key::contains);
      case CONTAINS_ANY -> key -> texts.stream().anyMatch(key::contains);
      case REGEX -> regex(first);
    };
  }

  private static Predicate<String> regex(String text) {
    if (text.length() > LONGEST_REGEX) {
      throw new ServiceException(
          400, "the regular expression has more than " + LONGEST_REGEX + " characters");
    }
    if (RegexSize.of(text) > LARGEST_PROGRAM) {
      throw new ServiceException(
          400,
          "the regular expression repeats too much: written out it has more than "
              + LARGEST_PROGRAM
              + " parts");
    }
    try {
      Pattern pattern = Pattern.compile(text);
      return key -> pattern.matcher(key).find();
    } catch (PatternSyntaxException e) {
      throw refusal(text, e);
    }
  }

  private static ServiceException refusal(String text, PatternSyntaxException e) {
    boolean isUnopened = isUnopened(e);
    int place = isUnopened ? unopened(text) : place(text, e);
    String reason = isUnopened ? "missing opening (" : e.getDescription() + ": " + e.getPattern();
    return new ServiceException(
        400, "the regular expression, at character " + place + ": " + reason, e);
  }

  /** RE2 names the part that is wrong, not where it is; all of it if its end is missing. */
  private static int place(String text, PatternSyntaxException e) {
    int at = text.lastIndexOf(String.valueOf(e.getPattern()));
    return at <= 0 && text.equals(e.getPattern()) && e.getDescription().startsWith("missing")
        ? text.length() + 1
        : Math.max(0, at) + 1;
  }

  private static boolean isUnopened(PatternSyntaxException e) {
    return "stack underflow".equals(e.getPattern());
  }

  /** Where the first bracket is that closes nothing: RE2 does not name it either. */
  private static int unopened(String text) {
    for (int at = text.indexOf(')'); at >= 0; at = text.indexOf(')', at + 1)) {
      try {
        Pattern.compile(text.substring(0, at + 1));
      } catch (PatternSyntaxException e) {
        if (isUnopened(e)) {
          return at + 1;
        }
      }
    }
    return 1;
  }
}
