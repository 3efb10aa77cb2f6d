package org.caravanserai.runtime.internal.binding;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;

/** The intake of a service that takes text, bytes or a stream, whatever is in them. */
final class RawIntake implements Intake {

  private final Class<?> type;

  RawIntake(Class<?> type) {
    this.type = type;
  }

  @Override
  public Object document(Payload.Document document) {
    return Raw.of(document.content(), type);
  }

  @Override
  public Object stream(InputStream content, DataFormat format, Map<String, List<String>> parameters)
      throws IOException {
    return type == InputStream.class ? content : Raw.of(content.readAllBytes(), type);
  }

  @Override
  public Object value(Object value, Writing writing) throws IOException {
    return Raw.of(value, type, writing);
  }
}
