package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads numbers with or without a fraction into one of the types that hold them. */
final class DecimalNumber<T extends Number> extends StrictScalar<T> {

  private static final long serialVersionUID = 1L;

  private final transient Reading<T> reading;
  private final transient Conversion<T> conversion;
  private final int maxLength;

  DecimalNumber(Class<?> type, Reading<T> reading, Conversion<T> conversion, int maxLength) {
    super(type, "a number");
    this.reading = reading;
    this.conversion = conversion;
    this.maxLength = maxLength;
  }

  @Override
  @Nullable T read(JsonParser source, JsonToken token) throws IOException {
    return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT
        ? inRange(reading.of(source))
        : null;
  }

  @Override
  @Nullable T parse(String text) throws IOException {
    if (text.length() > maxLength) {
      return null;
    }
    BigDecimal exact;
    try {
      exact = new BigDecimal(text);
    } catch (NumberFormatException notANumber) {
      return null;
    }
    return inRange(conversion.of(exact));
  }

  private static <T extends Number> T inRange(T value) throws Misfit {
    if ((value instanceof Double number && Double.isInfinite(number))
        || (value instanceof Float shorter && Float.isInfinite(shorter))) {
      throw new Misfit(null, "out of range");
    }
    return value;
  }

  /** The number at the current token. */
  interface Reading<T> {
    T of(JsonParser source) throws IOException;
  }

  /** A number in another type. */
  interface Conversion<T> {
    T of(BigDecimal exact);
  }
}
