package org.caravanserai.runtime.internal.docs;

import java.util.Map;

/**
 * What is said of a declaration, in Markdown.
 *
 * @param summary the first sentence, in one line
 * @param text all of it but tags
 * @param parameters what is said of parameters, and of the components of records
 */
public record Doc(String summary, String text, Map<String, String> parameters) {

  /** Nothing is said. */
  public static final Doc NONE = new Doc("", "", Map.of());
}
