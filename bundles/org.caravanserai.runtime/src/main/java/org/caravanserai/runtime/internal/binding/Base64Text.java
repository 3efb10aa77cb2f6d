package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads bytes that a document carries as Base64 text (RFC 4648, section 4). */
final class Base64Text extends StrictScalar<byte[]> {

  private static final long serialVersionUID = 1L;

  Base64Text() {
    super(byte[].class, "bytes in Base64");
  }

  @Override
  byte @Nullable [] read(JsonParser source, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_EMBEDDED_OBJECT
        && source.getEmbeddedObject() instanceof byte[] bytes) {
      return bytes.clone();
    }
    return token == JsonToken.VALUE_STRING ? parse(source.getText()) : null;
  }

  @Override
  byte @Nullable [] parse(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}
