package org.caravanserai.objects.internal.kind;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A type of field: how its values are spelled. */
interface ValueType {

  /** What a value is, in words. */
  String expected();

  /** The value that a text spells; empty if it spells none. */
  Optional<Object> parse(String text);

  /** The one way to write a value in files that we write: a text, a number, a boolean. */
  Object written(Object value);

  /**
   * What it is in JSON Schema: {@code string}, {@code integer}, {@code number}, {@code boolean}.
   */
  String schema();

  /** Whether it takes any text. */
  default boolean isText() {
    return false;
  }

  /** The texts that it takes, if they are some and no others; else empty. */
  default List<String> choices() {
    return List.of();
  }

  /** What {@link org.caravanserai.spi.Field#min()} and {@code max()} bound; empty if nothing. */
  default Optional<BigDecimal> measure(Object value) {
    return Optional.empty();
  }

  /** How a measure reads in a message. */
  default String quantity(String measure) {
    return measure;
  }
}
