package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectReader;

/**
 * Whether text may become numbers, booleans and the like: it may where it came from a place that
 * knows nothing but text, such as a path, a query or a form.
 */
final class Leniency {

  private static final Object KEY = new Object();

  private Leniency() {}

  static boolean in(DeserializationContext context) {
    return context.getAttribute(KEY) != null;
  }

  static void begin(DeserializationContext context) {
    context.setAttribute(KEY, true);
  }

  static void end(DeserializationContext context) {
    context.setAttribute(KEY, null);
  }

  static ObjectReader throughout(ObjectReader reader) {
    return reader.withAttribute(KEY, true);
  }
}
