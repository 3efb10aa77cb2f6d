package org.caravanserai.objects.internal.kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * What is written as JSON has it: texts, numbers, booleans, nothing, lists and maps of these.
 * Numbers that JSON does not give back as they were written, such as 1.10, are texts.
 */
public final class PlainTree {

  private PlainTree() {}

  /** The entries of a mapping. */
  public static Map<String, @Nullable Object> of(YamlValue.Mapping mapping) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    mapping.entries().forEach((key, entry) -> values.put(key, value(entry.value())));
    return values;
  }

  private static @Nullable Object value(YamlValue value) {
    if (value instanceof YamlValue.Items items) {
      List<@Nullable Object> values = new ArrayList<>();
      items.items().forEach(item -> values.add(value(item)));
      return values;
    }
    if (value instanceof YamlValue.Mapping mapping) {
      return of(mapping);
    }
    YamlValue.Scalar scalar = (YamlValue.Scalar) value;
    Object plain = PlainScalar.of(scalar);
    return plain instanceof Number number && !isKept(number, scalar.text()) ? scalar.text() : plain;
  }

  /** Whether a reader that knows 64-bit floating-point numbers only gives it back. */
  private static boolean isKept(Number number, String text) {
    double read = number.doubleValue();
    return text.equals(Double.toString(read)) || text.equals(Long.toString((long) read));
  }
}
