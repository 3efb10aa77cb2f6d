package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A reader of one kind of scalar that takes nothing else for it, except text where text is all. */
abstract class StrictScalar<T> extends StdScalarDeserializer<T> {

  private static final long serialVersionUID = 1L;

  private final String expected;

  StrictScalar(Class<?> type, String expected) {
    super(type);
    this.expected = expected;
  }

  /** The value of the current token, {@code null} if such a token is no such value. */
  abstract @Nullable T read(JsonParser source, JsonToken token) throws IOException;

  /** The value that a text means, {@code null} if it means none. */
  abstract @Nullable T parse(String text) throws IOException;

  @Override
  public T deserialize(JsonParser source, DeserializationContext context) throws IOException {
    JsonToken token = source.currentToken();
    T value = read(source, token);
    if (value == null && token == JsonToken.VALUE_STRING && Leniency.in(context)) {
      value = parse(source.getText());
    }
    if (value == null) {
      throw Misfit.expected(expected, source);
    }
    return value;
  }

  @Override
  public T getNullValue(DeserializationContext context) throws Misfit {
    throw Misfit.missing();
  }
}
