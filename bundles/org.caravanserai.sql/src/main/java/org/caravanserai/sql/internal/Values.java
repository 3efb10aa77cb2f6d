package org.caravanserai.sql.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;

/** Turns the value of a column into the class that is wanted. */
final class Values {

  private Values() {}

  /**
   * A value in a class.
   *
   * @param place what it is, for the message
   * @throws IllegalArgumentException if it does not fit
   */
  @SuppressWarnings("unchecked") // a primitive class and its box have the same values
  static <T> @Nullable T as(Class<T> type, @Nullable Object value, String place, Caller caller) {
    if (value == null) {
      return null;
    }
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    try {
      Object turned = turn(type, value, caller);
      if (turned != null) {
        return (T) turned;
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(misfit(type, value, place) + ": " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(misfit(type, value, place));
  }

  private static String misfit(Class<?> type, Object value, String place) {
    return "%s: a %s does not fit %s"
        .formatted(place, value.getClass().getSimpleName(), type.getSimpleName());
  }

  private static @Nullable Object turn(Class<?> type, Object value, Caller caller) {
    if (type == String.class) {
      return value instanceof byte[] bytes
          ? new String(bytes, StandardCharsets.UTF_8)
          : value.toString();
    }
    if (value instanceof Number number) {
      return number(type, number);
    }
    if (type == boolean.class && value instanceof Boolean) {
      return value;
    }
    if (type.isEnum()) {
      return constant(type, value.toString());
    }
    if (type == UUID.class) {
      return UUID.fromString(value.toString());
    }
    if (value instanceof OffsetDateTime time) {
      return time(type, time);
    }
    if (value instanceof LocalDateTime time) {
      return type == LocalDate.class ? time.toLocalDate() : null;
    }
    if (value instanceof String text) {
      return type == char.class && text.length() == 1
          ? (Object) text.charAt(0)
          : caller.fromJson(text.getBytes(StandardCharsets.UTF_8), type);
    }
    return value instanceof byte[] bytes ? caller.fromJson(bytes, type) : null;
  }

  private static @Nullable Object time(Class<?> type, OffsetDateTime time) {
    if (type == Instant.class) {
      return time.toInstant();
    }
    if (type == ZonedDateTime.class) {
      return time.toZonedDateTime();
    }
    return type == LocalDateTime.class
        ? time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
        : null;
  }

  private static @Nullable Object number(Class<?> type, Number number) {
    if (type == double.class || type == Double.class) {
      return number.doubleValue();
    }
    if (type == float.class || type == Float.class) {
      return number.floatValue();
    }
    BigDecimal exact =
        number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    if (type == int.class || type == Integer.class) {
      return exact.intValueExact();
    }
    if (type == long.class || type == Long.class) {
      return exact.longValueExact();
    }
    if (type == BigDecimal.class) {
      return exact;
    }
    if (type == BigInteger.class) {
      return exact.toBigIntegerExact();
    }
    if (type == short.class || type == Short.class) {
      return exact.shortValueExact();
    }
    if (type == byte.class || type == Byte.class) {
      return exact.byteValueExact();
    }
    boolean wantsBoolean = type == boolean.class || type == Boolean.class;
    return wantsBoolean ? exact.signum() != 0 : null;
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equalsIgnoreCase(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("no such constant");
  }
}
