package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a text of one character. */
final class SingleCharacter extends StrictScalar<Character> {

  private static final long serialVersionUID = 1L;

  SingleCharacter(Class<?> type) {
    super(type, "a single character");
  }

  @Override
  @Nullable Character read(JsonParser source, JsonToken token) throws IOException {
    return token == JsonToken.VALUE_STRING ? parse(source.getText()) : null;
  }

  @Override
  @Nullable Character parse(String text) {
    return text.length() == 1 ? (Character) text.charAt(0) : null;
  }
}
