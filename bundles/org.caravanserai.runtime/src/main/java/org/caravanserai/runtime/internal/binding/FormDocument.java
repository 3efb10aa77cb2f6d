package org.caravanserai.runtime.internal.binding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.ServiceException;

/** The parser of {@code application/x-www-form-urlencoded} (WHATWG URL Standard, section 5.1). */
final class FormDocument {

  private FormDocument() {}

  /**
   * The fields of a form in their order.
   *
   * @throws ServiceException with status 400 if there are too many
   */
  static Map<String, List<String>> parse(byte[] content, int maxFields) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    int count = 0;
    int start = 0;
    while (start < content.length) {
      int end = indexOf(content, '&', start, content.length);
      if (end > start) {
        if (++count > maxFields) {
          throw new ServiceException(400, "the form has more than " + maxFields + " fields");
        }
        int equals = indexOf(content, '=', start, end);
        String name = decode(content, start, equals);
        String value = equals < end ? decode(content, equals + 1, end) : "";
        fields.computeIfAbsent(name, any -> new ArrayList<>(1)).add(value);
      }
      start = end + 1;
    }
    return fields;
  }

  private static int indexOf(byte[] content, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (content[i] == wanted) {
        return i;
      }
    }
    return to;
  }

  private static String decode(byte[] content, int from, int to) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      int high = content[i] == '%' && i + 2 < to ? Character.digit(content[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(content[i + 2], 16) : -1;
      if (low >= 0) {
        decoded.write(high << 4 | low);
        i += 2;
      } else {
        decoded.write(content[i] == '+' ? ' ' : content[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}
