package org.caravanserai.management.internal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JSON Schemas of the records that the admin API answers with; each record is one by name. */
final class RecordSchemas {

  private final Map<String, Object> named = new TreeMap<>();

  /** The schemas of all records that were met, by name. */
  Map<String, Object> named() {
    return named;
  }

  /** A reference to a schema of that name. */
  static Map<String, Object> reference(String name) {
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  /**
   * The schema of what an operation declares.
   *
   * @param declared a Java type, a {@link PageOf}, or a schema
   */
  @SuppressWarnings("unchecked") // a schema is a map of this kind
  Map<String, Object> schema(Object declared) {
    if (declared instanceof PageOf page) {
      return record(
          Map.of(
              "items", Map.of("type", "array", "items", of(page.item())),
              "total", Map.of("type", "integer")),
          List.of("items", "total"));
    }
    return declared instanceof Type type ? of(type) : (Map<String, Object>) declared;
  }

  private Map<String, Object> of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (generic.getRawType() == Optional.class) {
        return of(last);
      }
      return generic.getRawType() == Map.class
          ? Map.of("type", "object", "additionalProperties", of(last))
          : Map.of("type", "array", "items", of(last));
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return Map.of(
          "type",
          "string",
          "enum",
          Stream.of(plain.getEnumConstants())
              .map(each -> each.toString().toLowerCase(Locale.ROOT))
              .toList());
    }
    return plain.isRecord() ? named(plain) : simple(plain);
  }

  private static Map<String, Object> simple(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return Map.of("type", "boolean");
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return Map.of("type", "integer");
    }
    if (type == double.class || type == Double.class) {
      return Map.of("type", "number");
    }
    if (type == Instant.class) {
      return Map.of("type", "string", "format", "date-time");
    }
    return type == String.class ? Map.of("type", "string") : Map.of();
  }

  private Map<String, Object> named(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    String prefix =
        outer == null ? "" : outer.getSimpleName().replace("Resource", "").replace("Result", "");
    String name = prefix + type.getSimpleName();
    if (!named.containsKey(name)) {
      named.put(name, Map.of());
      Map<String, Object> properties = new LinkedHashMap<>();
      List<String> required = new ArrayList<>();
      add(type, properties, required);
      named.put(name, record(properties, required));
    }
    return reference(name);
  }

  private void add(Class<?> type, Map<String, Object> properties, List<String> required) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        add(component.getType(), properties, required);
        continue;
      }
      properties.put(component.getName(), of(component.getGenericType()));
      if (component.getType() != Optional.class) {
        required.add(component.getName());
      }
    }
  }

  private static Map<String, Object> record(Map<String, Object> properties, List<String> required) {
    return Map.of("type", "object", "properties", properties, "required", required);
  }
}
