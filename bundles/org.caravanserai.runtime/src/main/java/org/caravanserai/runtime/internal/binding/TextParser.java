package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;

/**
 * The tokens of a document in which all is text, such as XML: an empty text may stand for nothing,
 * a list of nothing is not there.
 */
final class TextParser extends JsonParserDelegate {

  TextParser(JsonParser tokens) {
    super(tokens);
  }
}
