package org.caravanserai.api;

import java.util.List;

/**
 * Says which keys of a {@link Cache} are meant.
 *
 * @param form how they are chosen
 * @param texts by what: one text, or several for those forms that have several
 */
public record CacheKeys(Form form, List<String> texts) {

  /** How keys are chosen. */
  public enum Form {
    /** They begin with a text. */
    PREFIX,
    /** They end with a text. */
    SUFFIX,
    /** A regular expression is found in them. */
    REGEX,
    /** A text is in them. */
    CONTAINS,
    /** A text is not in them. */
    NOT_CONTAINS,
    /** All of several texts are in them. */
    CONTAINS_ALL,
    /** Any of several texts is in them. */
    CONTAINS_ANY
  }

  /**
   * Keeps its own copy of the texts.
   *
   * @throws IllegalArgumentException if there is no text, or more than one where one is meant
   */
  public CacheKeys {
    texts = List.copyOf(texts);
    boolean hasSeveral = form == Form.CONTAINS_ALL || form == Form.CONTAINS_ANY;
    if (texts.isEmpty() || (!hasSeveral && texts.size() > 1)) {
      throw new IllegalArgumentException(
          "expected " + (hasSeveral ? "at least one text" : "one text"));
    }
  }

  /** All of them. */
  public static CacheKeys all() {
    return byPrefix("");
  }

  /** Those that begin with a text. */
  public static CacheKeys byPrefix(String prefix) {
    return new CacheKeys(Form.PREFIX, List.of(prefix));
  }

  /** Those that end with a text. */
  public static CacheKeys bySuffix(String suffix) {
    return new CacheKeys(Form.SUFFIX, List.of(suffix));
  }

  /**
   * Those in which a regular expression is found; {@code ^} and {@code $} are the ends of the key.
   *
   * @param regex in RE2's syntax, which is that of Java without what can take for ever: references
   *     back, and looking ahead or behind
   */
  public static CacheKeys byRegex(String regex) {
    return new CacheKeys(Form.REGEX, List.of(regex));
  }

  /** Those with a text in them. */
  public static CacheKeys containing(String text) {
    return new CacheKeys(Form.CONTAINS, List.of(text));
  }

  /** Those without a text in them. */
  public static CacheKeys notContaining(String text) {
    return new CacheKeys(Form.NOT_CONTAINS, List.of(text));
  }

  /** Those with all of these texts in them. */
  public static CacheKeys containingAll(String... texts) {
    return new CacheKeys(Form.CONTAINS_ALL, List.of(texts));
  }

  /** Those with any of these texts in them. */
  public static CacheKeys containingAny(String... texts) {
    return new CacheKeys(Form.CONTAINS_ANY, List.of(texts));
  }
}
