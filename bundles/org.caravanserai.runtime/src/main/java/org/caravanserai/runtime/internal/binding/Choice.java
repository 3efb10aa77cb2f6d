package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the constants of an enum by their exact names; from text in any case. */
final class Choice extends StrictScalar<Object> {

  private static final long serialVersionUID = 1L;

  private static final int NAMES_TOLD = 20;

  private final transient Map<String, Object> constants;

  Choice(Class<?> type, Map<String, Object> constants) {
    super(type, oneOf(constants));
    this.constants = constants;
  }

  @Override
  @Nullable Object read(JsonParser source, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      return null;
    }
    return constants.get(source.getText());
  }

  @Override
  @Nullable Object parse(String text) {
    Object found = null;
    for (Map.Entry<String, Object> each : constants.entrySet()) {
      if (each.getKey().equalsIgnoreCase(text)) {
        if (found != null) {
          return null;
        }
        found = each.getValue();
      }
    }
    return found;
  }

  private static String oneOf(Map<String, Object> constants) {
    StringBuilder words = new StringBuilder("one of ");
    int told = 0;
    for (String name : constants.keySet()) {
      if (told == NAMES_TOLD) {
        return words.append(", ...").toString();
      }
      words.append(told++ == 0 ? "" : ", ").append(name);
    }
    return words.toString();
  }
}
