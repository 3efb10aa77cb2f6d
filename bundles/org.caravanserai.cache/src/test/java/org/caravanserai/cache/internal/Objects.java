package org.caravanserai.cache.internal;

import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.spi.Field;

/** Objects and settings for tests: their defaults, but for what is given. */
public final class Objects {

  private Objects() {}

  /** A record of a kind. */
  public static <T extends Record> T of(Class<T> type, Object... changes) {
    Map<String, Object> fields = new HashMap<>();
    for (int i = 0; i < changes.length; i += 2) {
      fields.put((String) changes[i], changes[i + 1]);
    }
    List<Class<?>> types = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      types.add(component.getType());
      Object given = fields.remove(component.getName());
      values.add(
          given == null
              ? usual(component)
              : component.getType().isEnum() && given instanceof String text
                  ? constant(component.getType(), text)
                  : given);
    }
    if (!fields.isEmpty()) {
      throw new IllegalArgumentException("no such fields: " + fields.keySet());
    }
    try {
      var constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object usual(RecordComponent component) {
    Class<?> type = component.getType();
    String text = component.getAnnotation(Field.class).defaultValue();
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (type == List.class) {
      String items = text.isEmpty() ? "" : text.substring(1, text.length() - 1);
      return items.isEmpty() ? List.of() : List.of(items.split(", ", -1));
    }
    if (type == boolean.class) {
      return Boolean.valueOf(text);
    }
    if (type == int.class) {
      return Integer.valueOf(text);
    }
    if (type == long.class) {
      return Long.valueOf(text);
    }
    if (type == Duration.class) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    return text;
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(text.toUpperCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw new IllegalArgumentException(text);
  }

  /** Settings. */
  public static <T> T settings(Class<T> type, Map<String, Object> changed) {
    return type.cast(
        Proxy.newProxyInstance(
            Objects.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                changed.getOrDefault(method.getName(), method.getDefaultValue())));
  }
}
