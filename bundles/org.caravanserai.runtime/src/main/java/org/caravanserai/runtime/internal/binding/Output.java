package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
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
  private final JavaType fullType;
  private final Json json;
  private final TextDocuments textDocuments;

  Output(JavaType type, Json json, TextDocuments textDocuments) {
    this.writer = json.writer(type);
    this.anyWriter = json.writer(json.type(Object.class));
    this.type = type.getRawClass();
    this.fullType = type;
    this.json = json;
    this.textDocuments = textDocuments;
  }

  /** Text, bytes and streams as they are, all else as XML or CSV if that is wanted, or as JSON. */
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
    if (format == DataFormat.XML || format == DataFormat.CSV) {
      JsonNode tree = json.tree(value);
      byte[] document = textDocuments.write(tree, format, name(value), columns());
      return new Rendered.Bytes(document, format.contentType());
    }
    ObjectWriter fitting = type.isInstance(value) ? writer : anyWriter;
    return new Rendered.Bytes(fitting.writeValueAsBytes(value), JSON);
  }

  /** A record's own name with a small first letter; all else is a response. */
  private static String name(Object value) {
    String name = value.getClass().getSimpleName();
    return value instanceof Record
        ? name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1)
        : "response";
  }

  /** The columns that rows have by their type, so that even an empty list has them. */
  private List<String> columns() {
    JavaType row = fullType.isContainerType() ? fullType.getContentType() : fullType;
    return row.isRecordType() ? json.members(row) : List.of();
  }
}
