package org.caravanserai.runtime.internal.binding;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;

/** The intake of whoever wants to see what a call brings, as it is. */
final class WholeIntake implements Intake {

  @Override
  public Object document(Payload.Document document) {
    return document;
  }

  @Override
  public Object stream(
      InputStream content, DataFormat format, Map<String, List<String>> parameters) {
    return new Payload.Stream(content, format, parameters);
  }

  @Override
  public Object value(Object value, Writing writing) {
    return new Payload.Value(value);
  }

  @Override
  public Object nothing() {
    return Payload.NONE;
  }
}
