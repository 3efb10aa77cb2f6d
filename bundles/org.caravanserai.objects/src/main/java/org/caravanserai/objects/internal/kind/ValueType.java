package org.caravanserai.objects.internal.kind;

import java.math.BigDecimal;
import java.util.Optional;

/** A type of field: how its values are spelled. */
interface ValueType {

  /** What a value is, in words. */
  String expected();

  /** The value that a text spells; empty if it spells none. */
  Optional<Object> parse(String text);

  /** What {@link org.caravanserai.spi.Field#min()} and {@code max()} bound; empty if nothing. */
  default Optional<BigDecimal> measure(Object value) {
    return Optional.empty();
  }

  /** How a measure reads in a message. */
  default String quantity(String measure) {
    return measure;
  }
}
