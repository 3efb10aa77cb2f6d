package org.caravanserai.objects.internal.kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON Schema (2020-12) of a kind's objects. {@code x-serai-reference} is the kind that a text
 * is the name of an object of; {@code x-serai-service} marks names of services, {@code
 * x-serai-duration} seconds.
 */
final class KindSchema {

  /** What any value may be instead: a reference. */
  private static final String REFERENCE = "\\$\\{|^Zato_Enmasse_Env\\.";

  private KindSchema() {}

  static Map<String, Object> of(String kind, String help, RecordShape<?> shape) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", kind);
    if (!help.isEmpty()) {
      schema.put("description", help);
    }
    record(schema, shape);
    return schema;
  }

  private static void record(Map<String, Object> schema, RecordShape<?> shape) {
    schema.put("type", "object");
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (FieldShape field : shape.fields()) {
      properties.put(field.name(), property(field));
      if (field.absent().isEmpty()) {
        required.add(field.name());
      }
    }
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
  }

  private static Map<String, Object> property(FieldShape field) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (!field.help().isEmpty()) {
      schema.put("description", field.help());
    }
    value(schema, field, field.type());
    if (field.secret()) {
      schema.put("writeOnly", true);
    }
    if (!field.alias().isEmpty()) {
      schema.put("x-serai-alias", field.alias());
    }
    defaultOf(field).ifPresent(value -> schema.put("default", value));
    return schema;
  }

  private static void value(Map<String, Object> schema, FieldShape field, FieldType type) {
    if (type instanceof FieldType.Items items) {
      Map<String, Object> item = new LinkedHashMap<>();
      value(item, field, items.item());
      schema.put("type", "array");
      schema.put("items", item);
    } else if (type instanceof FieldType.Nested nested) {
      record(schema, nested.shape());
    } else if (type instanceof FieldType.Entries entries) {
      Map<String, Object> value = new LinkedHashMap<>();
      scalar(value, field, entries.value());
      schema.put("type", "object");
      schema.put("additionalProperties", value);
    } else if (type instanceof FieldType.Scalar scalar) {
      scalar(schema, field, scalar.type());
    }
  }

  private static void scalar(Map<String, Object> schema, FieldShape field, ValueType type) {
    if (!field.reference().isEmpty()) {
      schema.put("x-serai-reference", field.reference());
    }
    if (field.service()) {
      schema.put("x-serai-service", true);
    }
    if (!type.choices().isEmpty()) {
      schema.put("anyOf", List.of(Map.of("enum", type.choices()), Map.of("pattern", REFERENCE)));
      schema.put("type", "string");
    } else if (type.isText()) {
      schema.put("type", "string");
      range(schema, field, "minLength", "maxLength");
    } else {
      schema.put("type", List.of(type.schema(), "string"));
      boolean isDuration = type.expected().startsWith("a duration");
      schema.put("pattern", isDuration ? REFERENCE + "|^-?P" : REFERENCE);
      if (isDuration) {
        schema.put("x-serai-duration", true);
      }
      range(schema, field, "minimum", "maximum");
    }
  }

  private static void range(
      Map<String, Object> schema, FieldShape field, String least, String greatest) {
    if (field.hasMin()) {
      schema.put(least, field.min());
    }
    if (field.hasMax()) {
      schema.put(greatest, field.max());
    }
  }

  private static Optional<Object> defaultOf(FieldShape field) {
    if (field.optional() || field.absent().isEmpty() || field.secret()) {
      return Optional.empty();
    }
    Object absent = field.absent().get();
    if (field.type() instanceof FieldType.Scalar scalar) {
      return Optional.of(scalar.type().written(absent));
    }
    if (field.type() instanceof FieldType.Items items
        && items.item() instanceof FieldType.Scalar scalar) {
      return Optional.of(((List<?>) absent).stream().map(scalar.type()::written).toList());
    }
    return Optional.of(absent instanceof List<?> ? List.of() : Map.of());
  }
}
