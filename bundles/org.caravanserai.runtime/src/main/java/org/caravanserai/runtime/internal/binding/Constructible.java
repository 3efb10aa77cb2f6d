package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;

/** Tells types that no document could ever become. */
final class Constructible {

  private Constructible() {}

  /**
   * Refuses a type of which no value can be made.
   *
   * @param choosesClass whether an annotation at its place of use tells the class to make
   */
  static void check(JavaType type, boolean choosesClass, DeserializationContext context)
      throws JsonMappingException {
    if (type.getContentType() != null) {
      check(type.getContentType(), choosesClass, context);
    } else if (type.isAbstract()
        && !type.isPrimitive()
        && !choosesClass
        && context.getFactory().findTypeDeserializer(context.getConfig(), type) == null
        && context.findNonContextualValueDeserializer(type) instanceof AbstractDeserializer) {
      throw new Misfit(
          null,
          type.getRawClass().getCanonicalName()
              + " is "
              + (type.isInterface() ? "an interface" : "abstract")
              + ", no object of it can be made from a document");
    }
  }
}
