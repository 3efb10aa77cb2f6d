package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Reads whole numbers of any size that the limits of a document allow. */
final class BigWholeNumber extends StrictScalar<BigInteger> {

  private static final long serialVersionUID = 1L;

  private final int maxLength;

  BigWholeNumber(int maxLength) {
    super(BigInteger.class, "a whole number");
    this.maxLength = maxLength;
  }

  @Override
  @Nullable BigInteger read(JsonParser source, JsonToken token) throws IOException {
    return token == JsonToken.VALUE_NUMBER_INT ? source.getBigIntegerValue() : null;
  }

  @Override
  @Nullable BigInteger parse(String text) {
    return text.length() <= maxLength && Digits.isWhole(text) ? new BigInteger(text) : null;
  }
}
