package org.caravanserai.http.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/** The query of a URI, as forms write it (WHATWG URL Standard, section 5.1), in strict UTF-8. */
final class Query {

  private Query() {}

  /**
   * Decodes a query.
   *
   * @param raw the query as it was sent, without {@code ?}
   * @throws ServiceException with status 400 if it is malformed
   */
  static Map<String, List<String>> parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (int start = 0; start <= raw.length(); ) {
      int and = raw.indexOf('&', start);
      int end = and < 0 ? raw.length() : and;
      if (end > start) {
        int equals = raw.indexOf('=', start);
        boolean hasValue = equals >= 0 && equals < end;
        String name = decode(raw, start, hasValue ? equals : end);
        String value = hasValue ? decode(raw, equals + 1, end) : "";
        parameters.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
      }
      start = end + 1;
    }
    return parameters;
  }

  private static String decode(String raw, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = raw.charAt(i);
      if (c == '%' || c == '+') {
        return decodeEscapes(raw, start, end);
      }
    }
    return raw.substring(start, end);
  }

  private static String decodeEscapes(String raw, int start, int end) {
    byte[] source = raw.substring(start, end).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(source.length);
    for (int i = 0; i < source.length; i++) {
      byte b = source[i];
      if (b == '%') {
        int high = i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
        int low = high < 0 ? -1 : Character.digit(source[i + 2], 16);
        if (low < 0) {
          throw malformed();
        }
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else {
        bytes.put(b == '+' ? (byte) ' ' : b);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static ServiceException malformed() {
    return new ServiceException(
        400, "the query is malformed: it holds a percent escape that is not UTF-8");
  }
}
