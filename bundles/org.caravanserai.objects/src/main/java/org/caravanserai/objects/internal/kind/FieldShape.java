package org.caravanserai.objects.internal.kind;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.caravanserai.spi.Field;
import org.jspecify.annotations.Nullable;

/**
 * A field of a kind.
 *
 * @param name its name as configuration spells it
 * @param type the type of its value, or of each item of its list
 * @param list whether its value is a list
 * @param optional whether the record's component is an {@link Optional}
 * @param absent what stands for an absent value; empty if it is required
 * @param min the least measure of a value
 * @param max the greatest measure of a value
 * @param secret whether no message may show its value
 * @param reference the kind that its value is the name of an object of; empty if none
 */
record FieldShape(
    String name,
    ValueType type,
    boolean list,
    boolean optional,
    Optional<Object> absent,
    long min,
    long max,
    boolean secret,
    String reference) {

  /**
   * Reads the shape of a record's component.
   *
   * @throws IllegalArgumentException if it can't be a field
   */
  static FieldShape of(RecordComponent component) {
    Type declared = component.getGenericType();
    boolean optional = raw(declared) == Optional.class;
    Type inner = optional ? argument(declared) : declared;
    boolean list = raw(inner) == List.class;
    Class<?> scalar = raw(list ? argument(inner) : inner);
    ValueType type =
        ValueTypes.of(scalar)
            .orElseThrow(() -> refused(component, "fields can't be of type " + declared));
    Field field = component.getAnnotation(Field.class);
    Optional<Object> absent =
        optional
            ? Optional.of(Optional.empty())
            : byDefault(component, field == null ? "" : field.defaultValue(), type, list);
    return new FieldShape(
        snakeCase(component.getName()),
        type,
        list,
        optional,
        absent,
        field == null ? Long.MIN_VALUE : field.min(),
        field == null ? Long.MAX_VALUE : field.max(),
        field != null && field.secret(),
        field == null ? "" : field.reference());
  }

  private static Optional<Object> byDefault(
      RecordComponent component, String text, ValueType type, boolean list) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (list) {
      return Optional.of(
          DefaultList.parse(text, type)
              .orElseThrow(() -> refused(component, "the default is not a list: " + text)));
    }
    return Optional.of(
        type.parse(text)
            .orElseThrow(() -> refused(component, "the default is not " + type.expected())));
  }

  private static IllegalArgumentException refused(RecordComponent component, String why) {
    return new IllegalArgumentException(component.getName() + ": " + why);
  }

  private static @Nullable Class<?> rawOrNull(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return (Class<?>) parameterized.getRawType();
    }
    return type instanceof Class<?> plain ? plain : null;
  }

  private static Class<?> raw(Type type) {
    Class<?> raw = rawOrNull(type);
    return raw == null ? Object.class : raw;
  }

  private static Type argument(Type type) {
    return type instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[0]
        : Object.class;
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Why a value is out of range, in words; empty if it is not. */
  Optional<String> outOfRange(Object value) {
    Optional<BigDecimal> measure = type.measure(value);
    if (measure.isEmpty()) {
      return Optional.empty();
    }
    boolean low = min != Long.MIN_VALUE && measure.get().compareTo(BigDecimal.valueOf(min)) < 0;
    boolean high = max != Long.MAX_VALUE && measure.get().compareTo(BigDecimal.valueOf(max)) > 0;
    if (!low && !high) {
      return Optional.empty();
    }
    String range;
    if (min == Long.MIN_VALUE) {
      range = "at most " + type.quantity(Long.toString(max));
    } else if (max == Long.MAX_VALUE) {
      range = "at least " + type.quantity(Long.toString(min));
    } else {
      range = "from " + min + " to " + type.quantity(Long.toString(max));
    }
    return Optional.of(
        "expected " + range + ", found " + type.quantity(measure.get().toPlainString()));
  }

  /** What a value is, in words. */
  String expected() {
    if (!reference.isEmpty()) {
      return (list ? "a list of names of" : "the name of a") + " `" + reference + "`";
    }
    return list ? "a list, each item " + type.expected() : type.expected();
  }
}
