package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads booleans; from text {@code true} and {@code false} in any case, 1, 0, on and off. */
final class TrueOrFalse extends StrictScalar<Boolean> {

  private static final long serialVersionUID = 1L;

  TrueOrFalse(Class<?> type) {
    super(type, "true or false");
  }

  @Override
  @Nullable Boolean read(JsonParser source, JsonToken token) {
    if (token == JsonToken.VALUE_TRUE) {
      return Boolean.TRUE;
    }
    return token == JsonToken.VALUE_FALSE ? Boolean.FALSE : null;
  }

  @Override
  @Nullable Boolean parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "on" -> Boolean.TRUE;
      case "false", "0", "off" -> Boolean.FALSE;
      default -> null;
    };
  }
}
