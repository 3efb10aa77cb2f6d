package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Rendered;
import org.jspecify.annotations.Nullable;

/** The making of documents out of what a service returns. */
final class Output {

  private static final Rendered NOTHING = new Rendered.Nothing();
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = DataFormat.JSON.contentType();

  private final ObjectWriter writer;
  private final ObjectWriter anyWriter;
  private final Class<?> type;

  Output(JavaType type, Json json) {
    this.writer = json.writer(type);
    this.anyWriter = json.writer(json.type(Object.class));
    this.type = type.getRawClass();
  }

  /** Text, bytes and streams as they are, all else as JSON. */
  Rendered render(@Nullable Object value, DataFormat format) throws IOException {
    if (value instanceof Optional<?> optional) {
      return render(optional.orElse(null), format);
    }
    if (value == null) {
      return NOTHING;
    }
    if (value instanceof String text) {
      return new Rendered.Bytes(
          text.getBytes(StandardCharsets.UTF_8),
          format == DataFormat.RAW ? TEXT : format.contentType());
    }
    if (value instanceof byte[] bytes) {
      return new Rendered.Bytes(bytes, format.contentType());
    }
    if (value instanceof InputStream stream) {
      return new Rendered.Stream(stream, format.contentType());
    }
    ObjectWriter fitting = type.isInstance(value) ? writer : anyWriter;
    return new Rendered.Bytes(fitting.writeValueAsBytes(value), JSON);
  }
}
