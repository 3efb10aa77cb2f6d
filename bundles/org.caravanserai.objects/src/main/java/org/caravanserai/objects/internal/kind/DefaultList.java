package org.caravanserai.objects.internal.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the default of a list as flow-style YAML spells it: {@code [a, b]}. */
final class DefaultList {

  private DefaultList() {}

  static Optional<List<Object>> parse(String text, ValueType type) {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      return Optional.empty();
    }
    String inside = text.substring(1, text.length() - 1).strip();
    List<Object> items = new ArrayList<>();
    for (String item : inside.isEmpty() ? new String[0] : inside.split(",", -1)) {
      Optional<Object> value = type.parse(item.strip());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      items.add(value.get());
    }
    return Optional.of(List.copyOf(items));
  }
}
