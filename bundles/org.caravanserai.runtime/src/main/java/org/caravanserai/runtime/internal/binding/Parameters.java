package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text that came beside a document and goes over the members of its root. */
final class Parameters {

  private static final Object KEY = new Object();

  private Parameters() {}

  /** A reader whose root record takes the parameters. */
  static ObjectReader over(ObjectReader reader, Map<String, List<String>> parameters) {
    return parameters.isEmpty() ? reader : reader.withAttribute(KEY, parameters);
  }

  /** The parameters for whoever asks first, which is the root. */
  @SuppressWarnings("unchecked") // only over() sets the attribute
  static @Nullable Map<String, List<String>> take(DeserializationContext context) {
    Object parameters = context.getAttribute(KEY);
    if (parameters != null) {
      context.setAttribute(KEY, null);
    }
    return (Map<String, List<String>>) parameters;
  }

  /** A form with parameters over it. */
  static Map<String, List<String>> merge(
      Map<String, List<String>> form, Map<String, List<String>> parameters) {
    if (parameters.isEmpty()) {
      return form;
    }
    Map<String, List<String>> merged = new LinkedHashMap<>(form);
    merged.putAll(parameters);
    return merged;
  }
}
