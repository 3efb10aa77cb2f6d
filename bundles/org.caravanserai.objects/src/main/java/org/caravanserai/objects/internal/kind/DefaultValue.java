package org.caravanserai.objects.internal.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the default of a field as flow-style YAML spells it: {@code [a, b]}, <code>{}</code>. */
final class DefaultValue {

  private DefaultValue() {}

  /**
   * The value that a text spells; empty if there is no text.
   *
   * @throws IllegalArgumentException if it spells none; the message says why
   */
  static Optional<Object> parse(String text, FieldType type) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (type instanceof FieldType.Scalar scalar) {
      return Optional.of(one(text, scalar.type()));
    }
    if (type instanceof FieldType.Items items) {
      return Optional.of(list(text, items.item()));
    }
    if (!text.equals("{}")) {
      throw new IllegalArgumentException("the default is not {}: " + text);
    }
    if (type instanceof FieldType.Nested nested) {
      return Optional.of(nested.shape().makeOfDefaults());
    }
    return Optional.of(Map.of());
  }

  private static Object one(String text, ValueType type) {
    return type.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("the default is not " + type.expected()));
  }

  private static List<Object> list(String text, FieldType item) {
    boolean isList = text.startsWith("[") && text.endsWith("]");
    String inside = isList ? text.substring(1, text.length() - 1).strip() : text;
    if (!isList || (!inside.isEmpty() && !(item instanceof FieldType.Scalar))) {
      throw new IllegalArgumentException("the default is not a list: " + text);
    }
    List<Object> items = new ArrayList<>();
    if (!inside.isEmpty() && item instanceof FieldType.Scalar scalar) {
      for (String each : inside.split(",", -1)) {
        items.add(one(each.strip(), scalar.type()));
      }
    }
    return List.copyOf(items);
  }
}
