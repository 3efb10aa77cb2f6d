package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/** A tree with text from outside of the document over the members of its root. */
final class OverlaidTree {

  private OverlaidTree() {}

  static JsonNode of(@Nullable Object document, Overlay parameters) {
    if (!(document instanceof ObjectNode root)) {
      throw new ServiceException(400, "/: expected an object, because of the parameters beside it");
    }
    parameters
        .texts()
        .forEach(
            (name, texts) -> {
              if (parameters.documentGoesFirst() && root.hasNonNull(name)) {
                return;
              }
              if (texts.size() == 1) {
                root.put(name, texts.get(0));
              } else if (!texts.isEmpty()) {
                ArrayNode list = root.putArray(name);
                texts.forEach(list::add);
              }
            });
    return root;
  }
}
