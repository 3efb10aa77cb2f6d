package org.caravanserai.runtime.internal.binding;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The three forms of a document of which the platform knows nothing: text, bytes, a stream. */
final class Raw {

  private Raw() {}

  static boolean is(Class<?> type) {
    return type == String.class || type == byte[].class || type == InputStream.class;
  }

  static boolean isValue(@Nullable Object value) {
    return value instanceof String || value instanceof byte[] || value instanceof InputStream;
  }

  /** The bytes of a value in one of the three forms; a stream is read to its end. */
  static byte[] bytes(Object value) throws IOException {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    return value instanceof byte[] bytes ? bytes : ((InputStream) value).readAllBytes();
  }

  /** Bytes in one of the three forms. */
  static Object of(byte[] content, Class<?> type) {
    if (type == String.class) {
      return new String(content, StandardCharsets.UTF_8);
    }
    return type == byte[].class ? content : new ByteArrayInputStream(content);
  }

  /** Any value in one of the three forms. */
  static Object of(Object value, Class<?> type, Writing writing) throws IOException {
    if (type.isInstance(value)) {
      return value;
    }
    return of(isValue(value) ? bytes(value) : writing.document(value), type);
  }
}
