package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads text; a number is none. */
final class Text extends StrictScalar<String> {

  private static final long serialVersionUID = 1L;

  Text() {
    super(String.class, "text");
  }

  @Override
  @Nullable String read(JsonParser source, JsonToken token) throws IOException {
    return token == JsonToken.VALUE_STRING ? source.getText() : null;
  }

  @Override
  String parse(String text) {
    return text;
  }
}
