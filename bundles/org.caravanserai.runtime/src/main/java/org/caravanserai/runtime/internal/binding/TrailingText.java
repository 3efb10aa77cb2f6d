package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;

/** Says that something follows the end of a document. */
final class TrailingText extends JsonParseException {

  private static final long serialVersionUID = 1L;

  TrailingText(JsonParser source) {
    super(source, "text after the end of the document", source.currentTokenLocation());
  }
}
