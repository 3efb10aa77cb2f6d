package org.caravanserai.objects.internal.kind;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.caravanserai.spi.Field;
import org.jspecify.annotations.Nullable;

/**
 * A field of a kind, or of a record inside one.
 *
 * @param name its name as configuration spells it
 * @param alias another name for it; empty if none
 * @param help one sentence about it
 * @param type what its value is
 * @param optional whether the record's component is an {@link Optional}
 * @param absent what stands for an absent value; empty if it is required
 * @param min the least measure of a value
 * @param max the greatest measure of a value
 * @param secret whether no message may show its value
 * @param reference the kind that its value is the name of an object of; empty if none
 * @param service whether its value is the name of a service
 */
record FieldShape(
    String name,
    String alias,
    String help,
    FieldType type,
    boolean optional,
    Optional<Object> absent,
    long min,
    long max,
    boolean secret,
    String reference,
    boolean service) {

  /** The field that every kind has. */
  static final FieldShape REQUIRED =
      new FieldShape(
          "required",
          "",
          "Whether the server is ready only while the object is in operation and, if it is a"
              + " connection, the other system answers.",
          FieldType.of(boolean.class),
          false,
          Optional.of(false),
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          false,
          "",
          false);

  /**
   * Reads the shape of a record's component.
   *
   * @throws IllegalArgumentException if it can't be a field
   */
  static FieldShape of(RecordComponent component) {
    Type declared = component.getGenericType();
    boolean optional =
        declared instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
    Field field = component.getAnnotation(Field.class);
    try {
      FieldType type = FieldType.of(optional ? argument(declared) : declared);
      Optional<Object> absent =
          optional
              ? Optional.of(Optional.empty())
              : DefaultValue.parse(field == null ? "" : field.defaultValue(), type);
      return new FieldShape(
          snakeCase(component.getName()),
          field == null ? "" : field.alias(),
          field == null ? "" : field.help(),
          type,
          optional,
          absent,
          field == null ? Long.MIN_VALUE : field.min(),
          field == null ? Long.MAX_VALUE : field.max(),
          field != null && field.secret(),
          field == null ? "" : field.reference(),
          field != null && field.service());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(component.getName() + ": " + e.getMessage(), e);
    }
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Whether a file may call it so. */
  boolean isNamed(String written) {
    return name.equals(written) || (!alias.isEmpty() && alias.equals(written));
  }

  /** What a mapping says of it, under whichever of its names; {@code null} if nothing. */
  YamlValue.@Nullable Entry in(YamlValue.Mapping mapping) {
    YamlValue.Entry entry = mapping.entries().get(name);
    if (entry == null && !alias.isEmpty()) {
      entry = mapping.entries().get(alias);
    }
    boolean isNull =
        entry != null && entry.value() instanceof YamlValue.Scalar scalar && scalar.isNull();
    return isNull ? null : entry;
  }

  /** Why a value is out of range, in words; empty if it is not. */
  Optional<String> outOfRange(ValueType scalar, Object value) {
    Optional<BigDecimal> measure = scalar.measure(value);
    if (measure.isEmpty()) {
      return Optional.empty();
    }
    boolean low = hasMin() && measure.get().compareTo(BigDecimal.valueOf(min)) < 0;
    boolean high = hasMax() && measure.get().compareTo(BigDecimal.valueOf(max)) > 0;
    if (!low && !high) {
      return Optional.empty();
    }
    String range;
    if (!hasMin()) {
      range = "at most " + scalar.quantity(Long.toString(max));
    } else if (!hasMax()) {
      range = "at least " + scalar.quantity(Long.toString(min));
    } else {
      range = "from " + min + " to " + scalar.quantity(Long.toString(max));
    }
    return Optional.of(
        "expected " + range + ", found " + scalar.quantity(measure.get().toPlainString()));
  }

  boolean hasMin() {
    return min != Long.MIN_VALUE;
  }

  boolean hasMax() {
    return max != Long.MAX_VALUE;
  }

  /** What a value is, in words. */
  String expected() {
    if (!reference.isEmpty()) {
      return (type instanceof FieldType.Items ? "a list of names of" : "the name of a")
          + " `"
          + reference
          + "`";
    }
    return type.expected();
  }

  /** The kinds that it, or a record inside it, refers to. */
  List<String> references() {
    FieldType inner = type instanceof FieldType.Items items ? items.item() : type;
    if (inner instanceof FieldType.Nested nested) {
      return nested.shape().fields().stream().flatMap(f -> f.references().stream()).toList();
    }
    return reference.isEmpty() ? List.of() : List.of(reference);
  }
}
