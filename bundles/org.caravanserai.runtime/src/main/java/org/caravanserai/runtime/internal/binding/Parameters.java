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
  static ObjectReader over(ObjectReader reader, Overlay parameters) {
    return parameters.texts().isEmpty() ? reader : reader.withAttribute(KEY, parameters);
  }

  /** The parameters for whoever asks first, which is the root. */
  static @Nullable Overlay take(DeserializationContext context) {
    Object parameters = context.getAttribute(KEY);
    if (parameters != null) {
      context.setAttribute(KEY, null);
    }
    return (Overlay) parameters;
  }

  /** A form and the parameters beside it. */
  static Map<String, List<String>> merge(Map<String, List<String>> form, Overlay parameters) {
    if (parameters.texts().isEmpty()) {
      return form;
    }
    Map<String, List<String>> merged = new LinkedHashMap<>(form);
    if (parameters.documentGoesFirst()) {
      parameters.texts().forEach(merged::putIfAbsent);
    } else {
      merged.putAll(parameters.texts());
    }
    return merged;
  }
}
