package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.util.function.Function;

/** Reads {@code OptionalInt} and its kin as strictly as the numbers inside. */
final class OptionalNumber<N> extends StdScalarDeserializer<Object> {

  private static final long serialVersionUID = 1L;

  private final transient StrictScalar<N> number;
  private final transient Function<N, Object> wrapping;
  private final transient Object empty;

  OptionalNumber(Object empty, StrictScalar<N> number, Function<N, Object> wrapping) {
    super(empty.getClass());
    this.number = number;
    this.wrapping = wrapping;
    this.empty = empty;
  }

  @Override
  public Object deserialize(JsonParser source, DeserializationContext context) throws IOException {
    return wrapping.apply(number.deserialize(source, context));
  }

  @Override
  public Object getNullValue(DeserializationContext context) {
    return empty;
  }
}
