package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;

/** A reader for whose value null is no value. */
class Required extends DelegatingDeserializer {

  private static final long serialVersionUID = 1L;

  Required(JsonDeserializer<?> reader) {
    super(reader);
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
    return new Required(reader);
  }

  @Override
  public Object getNullValue(DeserializationContext context) throws Misfit {
    throw Misfit.missing();
  }

  @Override
  public Object getAbsentValue(DeserializationContext context) throws Misfit {
    throw Misfit.missing();
  }
}
