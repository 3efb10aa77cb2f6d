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

  /** A document in which there is nothing. */
  Payload.Document NOTHING = new Payload.Document(new byte[0], DataFormat.JSON, Map.of(), false);

  /** The input out of a whole document. */
  @Nullable Object document(Payload.Document document);

  /** The input out of a body that is still arriving. */
  default @Nullable Object stream(
      InputStream content, DataFormat format, Map<String, List<String>> parameters)
      throws IOException {
    return document(new Payload.Document(content.readAllBytes(), format, parameters, false));
  }

  /** The input when there is none. */
  default @Nullable Object nothing() {
    return document(NOTHING);
  }

  /** The input out of an object. */
  @Nullable Object value(Object value, Writing writing) throws IOException;
}
