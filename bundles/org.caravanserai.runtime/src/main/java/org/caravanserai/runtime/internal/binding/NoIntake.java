package org.caravanserai.runtime.internal.binding;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.jspecify.annotations.Nullable;

/** The intake of a service that takes nothing. */
final class NoIntake implements Intake {

  @Override
  public @Nullable Object document(Payload.Document document) {
    return null;
  }

  @Override
  public @Nullable Object stream(
      InputStream content, DataFormat format, Map<String, List<String>> parameters) {
    return null;
  }

  @Override
  public @Nullable Object value(Object value, Writing writing) {
    return null;
  }
}
