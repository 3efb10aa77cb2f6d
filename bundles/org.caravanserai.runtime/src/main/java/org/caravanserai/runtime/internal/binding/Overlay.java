package org.caravanserai.runtime.internal.binding;

import java.util.List;
import java.util.Map;

/**
 * Text that came beside a document, to be merged with the members of its root.
 *
 * @param texts the text, by name
 * @param documentGoesFirst whether a member that the document has stays as it is
 */
record Overlay(Map<String, List<String>> texts, boolean documentGoesFirst) {

  /** Whether a member of the document has no effect. */
  boolean hides(String name) {
    return !documentGoesFirst && texts.containsKey(name);
  }
}
