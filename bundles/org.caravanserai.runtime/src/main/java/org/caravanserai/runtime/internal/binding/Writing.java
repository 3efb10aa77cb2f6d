package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;

/** How an object becomes JSON. */
interface Writing {

  /** The object as tokens. */
  TokenBuffer tokens(Object value) throws IOException;

  /** The object as a document in UTF-8. */
  byte[] document(Object value) throws IOException;
}
