package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.caravanserai.runtime.internal.docs.Doc;
import org.caravanserai.runtime.internal.docs.Docs;
import org.jspecify.annotations.Nullable;

/** The JSON Schemas of the types of one service. */
final class JsonSchemas {

  private static final String DESCRIPTION = "description";
  private static final String REFERENCE = "#/components/schemas/";

  /** What is written in JSON as a scalar: its type, and its format if it has one. */
  private static final Map<Class<?>, String[]> SCALARS = new HashMap<>();

  static {
    scalar("string", "", String.class, CharSequence.class, char.class, Character.class);
    scalar("boolean", "", boolean.class, Boolean.class);
    scalar("integer", "int32", int.class, Integer.class, short.class, Short.class);
    scalar("integer", "", byte.class, Byte.class, BigInteger.class);
    scalar("integer", "int64", long.class, Long.class);
    scalar("number", "", BigDecimal.class, Number.class);
    scalar("number", "float", float.class, Float.class);
    scalar("number", "double", double.class, Double.class);
    scalar("string", "date", LocalDate.class);
    scalar("string", "", LocalDateTime.class);
    scalar("string", "date-time", Instant.class, OffsetDateTime.class, ZonedDateTime.class);
    scalar("string", "duration", Duration.class);
    scalar("string", "uuid", UUID.class);
    scalar("string", "uri", URI.class);
    scalar("string", "byte", byte[].class);
    scalar("integer", "int32", OptionalInt.class);
    scalar("integer", "int64", OptionalLong.class);
    scalar("number", "double", OptionalDouble.class);
  }

  private final ObjectMapper mapper;
  private final String service;
  private final Map<JavaType, String> names = new HashMap<>();
  private final Map<String, JsonNode> types = new TreeMap<>();
  private final List<Place> places = new ArrayList<>();

  /**
   * A schema of which something may be said.
   *
   * @param type the class, or the record that has the component
   * @param component the component's name; {@code null} for the class itself
   * @param schema its schema
   */
  private record Place(Class<?> type, @Nullable String component, ObjectNode schema) {}

  JsonSchemas(ObjectMapper mapper, String service) {
    this.mapper = mapper;
    this.service = service;
  }

  private static void scalar(String type, String format, Class<?>... classes) {
    for (Class<?> each : classes) {
      SCALARS.put(each, new String[] {type, format});
    }
  }

  /** The types that have got names, by these. */
  Map<String, JsonNode> types() {
    return types;
  }

  /** The classes of which something may be said. */
  Set<Class<?>> classes() {
    Set<Class<?>> classes = new LinkedHashSet<>();
    places.forEach(each -> classes.add(each.type()));
    return classes;
  }

  /** Puts in what is said. */
  void describe(Docs docs) {
    for (Place each : places) {
      Doc doc = docs.of(each.type());
      String component = each.component();
      if (component != null) {
        describe(each.schema(), doc.parameters().getOrDefault(component, ""));
      } else {
        describe(each.schema(), each.type().isEnum() ? choices(each.type(), docs) : "");
        describe(each.schema(), doc.text());
      }
    }
  }

  /** Before what is said already: of its choices, for a component that is one of an enum. */
  private static void describe(ObjectNode schema, String text) {
    if (!text.isEmpty()) {
      String known = schema.path(DESCRIPTION).asText();
      schema.put(DESCRIPTION, known.isEmpty() ? text : text + "\n\n" + known);
    }
  }

  private String choices(Class<?> type, Docs docs) {
    List<String> lines = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String text = docs.of(type, (Enum<?>) constant).text();
      if (!text.isEmpty()) {
        String name = mapper.<JsonNode>valueToTree(constant).asText();
        lines.add("- `" + name + "`: " + text.replace("\n", "\n  "));
      }
    }
    return String.join("\n", lines);
  }

  /** The schema of a type. */
  ObjectNode of(JavaType type) {
    if (type.isReferenceType()) {
      return of(type.getReferencedType());
    }
    ObjectNode schema = mapper.createObjectNode();
    String[] scalar = SCALARS.get(type.getRawClass());
    if (scalar != null) {
      schema.put("type", scalar[0]);
      if (!scalar[1].isEmpty()) {
        schema.put("format", scalar[1]);
      }
    } else if (type.isEnumType()) {
      ArrayNode choices = schema.put("type", "string").putArray("enum");
      for (Object constant : type.getRawClass().getEnumConstants()) {
        choices.add(mapper.<JsonNode>valueToTree(constant));
      }
      places.add(new Place(type.getRawClass(), null, schema));
    } else if (type.isCollectionLikeType() || type.isArrayType()) {
      schema.put("type", "array").set("items", of(type.getContentType()));
    } else if (type.isMapLikeType()) {
      schema.put("type", "object").set("additionalProperties", of(type.getContentType()));
    } else if (!type.getRawClass().getName().startsWith("java.")
        && !JsonNode.class.isAssignableFrom(type.getRawClass())) {
      schema.put("$ref", REFERENCE + name(type));
    }
    return schema;
  }

  private String name(JavaType type) {
    String known = names.get(type);
    if (known != null) {
      return known;
    }
    String simple = service + "." + type.getRawClass().getSimpleName();
    String name = simple;
    for (int i = 2; types.containsKey(name); i++) {
      name = simple + i;
    }
    names.put(type, name);
    ObjectNode schema = mapper.createObjectNode();
    types.put(name, schema);
    places.add(new Place(type.getRawClass(), null, schema));
    members(type, schema.put("type", "object"));
    return name;
  }

  private void members(JavaType type, ObjectNode schema) {
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = mapper.createArrayNode();
    Map<String, RecordComponent> components = new HashMap<>();
    if (type.isRecordType()) {
      for (RecordComponent component : type.getRawClass().getRecordComponents()) {
        components.put(component.getName(), component);
      }
    }
    for (BeanPropertyDefinition member :
        mapper.getSerializationConfig().introspect(type).findProperties()) {
      RecordComponent component = components.get(member.getInternalName());
      String fallback = member.getMetadata().getDefaultValue();
      boolean isRequired = component != null && isRequired(component, fallback);
      JavaType memberType = member.getPrimaryType();
      ObjectNode value = of(memberType);
      boolean mayBeNull =
          component != null && !isRequired && (fallback == null || fallback.isEmpty());
      ObjectNode told = mayBeNull ? orNull(value) : value;
      properties.set(member.getName(), told);
      if (component != null) {
        places.add(new Place(type.getRawClass(), component.getName(), told));
      }
      if (isRequired) {
        required.add(member.getName());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
  }

  private static boolean isRequired(RecordComponent component, @Nullable String fallback) {
    RecordComponent[] all = component.getDeclaringRecord().getRecordComponents();
    Class<?>[] parameters = new Class<?>[all.length];
    int index = 0;
    for (int i = 0; i < all.length; i++) {
      parameters[i] = all[i].getType();
      if (all[i].getName().equals(component.getName())) {
        index = i;
      }
    }
    try {
      Constructor<?> canonical = component.getDeclaringRecord().getDeclaredConstructor(parameters);
      return Absence.of(component, canonical.getParameters()[index], fallback) == Absence.REFUSED;
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private ObjectNode orNull(ObjectNode schema) {
    JsonNode type = schema.get("type");
    if (type == null) {
      if (schema.isEmpty()) {
        return schema;
      }
      ObjectNode either = mapper.createObjectNode();
      either.putArray("anyOf").add(schema).addObject().put("type", "null");
      return either;
    }
    schema.putArray("type").add(type).add("null");
    if (schema.get("enum") instanceof ArrayNode choices) {
      choices.addNull();
    }
    return schema;
  }
}
