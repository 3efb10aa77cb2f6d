package org.caravanserai.runtime.internal.binding;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.jspecify.annotations.Nullable;

/** The making of a service's input out of what a call brings. */
interface Intake {

  /** The input out of a whole document. */
  @Nullable Object document(Payload.Document document);

  /** The input out of a body that is still arriving. */
  default @Nullable Object stream(
      InputStream content, DataFormat format, Map<String, List<String>> parameters)
      throws IOException {
    return document(new Payload.Document(content.readAllBytes(), format, parameters, false));
  }

  /** The input out of an object. */
  @Nullable Object value(Object value, Writing writing) throws IOException;
}
