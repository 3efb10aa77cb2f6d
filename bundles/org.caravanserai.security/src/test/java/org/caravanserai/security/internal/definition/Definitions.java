package org.caravanserai.security.internal.definition;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.spi.Field;

/** Definitions for tests. */
final class Definitions {

  private Definitions() {}

  /** One with the defaults but for what is given. */
  static SecurityDefinition of(String name, SecurityDefinition.Type type, Object... changes) {
    Map<String, Object> fields = new HashMap<>(Map.of("name", name, "type", type));
    for (int i = 0; i < changes.length; i += 2) {
      fields.put((String) changes[i], changes[i + 1]);
    }
    List<Class<?>> types = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : SecurityDefinition.class.getRecordComponents()) {
      types.add(component.getType());
      Object given = fields.remove(component.getName());
      values.add(given == null ? absent(component) : given);
    }
    if (!fields.isEmpty()) {
      throw new IllegalArgumentException("no such fields: " + fields.keySet());
    }
    try {
      return SecurityDefinition.class
          .getDeclaredConstructor(types.toArray(Class<?>[]::new))
          .newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object absent(RecordComponent component) {
    Class<?> type = component.getType();
    String text = component.getAnnotation(Field.class).defaultValue();
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (type == List.class) {
      String items = text.substring(1, text.length() - 1);
      return items.isEmpty() ? List.of() : List.of(items.split(", ", -1));
    }
    if (type == boolean.class) {
      return Boolean.valueOf(text);
    }
    if (type == Duration.class) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (constant.toString().equalsIgnoreCase(text)) {
          return constant;
        }
      }
    }
    return text;
  }

  /** User name and password. */
  static SecurityDefinition basic(String name, String username, String password) {
    return of(
        name,
        SecurityDefinition.Type.BASIC_AUTH,
        "username",
        Optional.of(username),
        "password",
        Optional.of(password));
  }

  /** A key in a header. */
  static SecurityDefinition apiKey(String name, String header, String key) {
    return of(name, SecurityDefinition.Type.APIKEY, "password", Optional.of(key), "header", header);
  }
}
