package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Reads whole numbers of a limited range. A number with a fraction or an exponent is none. */
final class WholeNumber extends StrictScalar<Object> {

  private static final long serialVersionUID = 1L;

  private final long min;
  private final long max;
  private final transient LongFunction<Object> box;

  WholeNumber(Class<?> type, long min, long max, LongFunction<Object> box) {
    super(type, "a whole number");
    this.min = min;
    this.max = max;
    this.box = box;
  }

  @Override
  @Nullable Object read(JsonParser source, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      return null;
    }
    if (source.getNumberType() == NumberType.BIG_INTEGER) {
      throw outOfRange();
    }
    return boxed(source.getLongValue());
  }

  @Override
  @Nullable Object parse(String text) throws IOException {
    if (!Digits.isWhole(text)) {
      return null;
    }
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException tooLong) {
      throw outOfRange();
    }
    return boxed(value);
  }

  private Object boxed(long value) throws Misfit {
    if (value < min || value > max) {
      throw outOfRange();
    }
    return box.apply(value);
  }

  private Misfit outOfRange() {
    return new Misfit(null, "out of range, expected a whole number from " + min + " to " + max);
  }
}
