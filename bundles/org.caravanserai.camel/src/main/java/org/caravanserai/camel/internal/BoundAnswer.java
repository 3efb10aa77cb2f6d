package org.caravanserai.camel.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.TypeConverter;
import org.caravanserai.api.ServiceException;
import org.caravanserai.camel.CamelAnswer;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;

/**
 * An answer as one caller reads it.
 *
 * @param answer the answer
 * @param caller the caller
 */
record BoundAnswer(EndpointAnswer answer, Caller caller) implements CamelAnswer {

  @Override
  public @Nullable Object body() {
    return answer.body();
  }

  @Override
  public <T> @Nullable T body(Class<T> type) {
    Object body = answer.body();
    if (body == null || type == Void.class) {
      return null;
    }
    if (type.isInstance(body)) {
      return type.cast(body);
    }
    try {
      return converter().mandatoryConvertTo(type, answer.exchange(), body);
    } catch (NoTypeConversionAvailableException e) {
      return read(body, type);
    } catch (TypeConversionException e) {
      throw misfit(e);
    }
  }

  private <T> @Nullable T read(Object body, Class<T> type) {
    try {
      return caller.fromJson(json(body), type);
    } catch (IllegalArgumentException | IOException e) {
      throw misfit(e);
    }
  }

  private byte[] json(Object body) throws IOException {
    if (body instanceof InputStream stream) {
      return stream.readAllBytes();
    }
    if (body instanceof byte[] bytes) {
      return bytes;
    }
    return body instanceof String text
        ? text.getBytes(StandardCharsets.UTF_8)
        : caller.toJson(body);
  }

  private static ServiceException misfit(Exception failure) {
    return new ServiceException(500, "The answer does not fit: " + failure.getMessage(), failure);
  }

  @Override
  public Map<String, Object> headers() {
    return Collections.unmodifiableMap(answer.headers());
  }

  @Override
  public <T> @Nullable T header(String name, Class<T> type) {
    Object value = answer.headers().get(name);
    return value == null ? null : converter().tryConvertTo(type, answer.exchange(), value);
  }

  private TypeConverter converter() {
    Exchange exchange = answer.exchange();
    return exchange.getContext().getTypeConverter();
  }
}
