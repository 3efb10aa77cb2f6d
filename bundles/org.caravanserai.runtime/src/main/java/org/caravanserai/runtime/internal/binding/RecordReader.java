package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ResolvableDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/** Reads a record: members by name, nothing required left out, made by its constructor. */
final class RecordReader extends StdDeserializer<Object> implements ResolvableDeserializer {

  private static final long serialVersionUID = 1L;

  private final transient BeanDescription description;
  private transient Part[] parts = {};
  private transient Map<String, Part> byName = Map.of();
  private transient @Nullable MethodHandle constructor;

  RecordReader(JavaType type, BeanDescription description) {
    super(type);
    this.description = description;
  }

  @Override
  public void resolve(DeserializationContext context) throws JsonMappingException {
    RecordShape shape = RecordShape.of(getValueType(context), description, context);
    parts = shape.parts();
    byName = shape.byName();
    constructor = shape.constructor();
    shape.tryDefaults(context);
  }

  @Override
  public boolean isCachable() {
    return true;
  }

  @Override
  public Object getNullValue(DeserializationContext context) throws Misfit {
    throw Misfit.missing();
  }

  @Override
  public Object deserialize(JsonParser source, DeserializationContext context) throws IOException {
    Overlay over = Parameters.take(context);
    boolean fromText = source instanceof TextParser;
    @Nullable Object[] values = new Object[parts.length];
    for (String name = firstName(source); name != null; name = source.nextFieldName()) {
      JsonToken token = source.nextToken();
      Part part = byName.get(name);
      if (part == null) {
        unknown(name, context);
        source.skipChildren();
      } else if (over != null && over.hides(name)) {
        source.skipChildren();
      } else if (token != JsonToken.VALUE_NULL && !(fromText && part.isNothing(source))) {
        values[part.index()] = part.read(source, context);
      }
    }
    if (over != null) {
      overlay(values, over, context);
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        values[i] = fromText ? parts[i].absentFromText(context) : parts[i].absent(context);
      }
    }
    return construct(values);
  }

  private static @Nullable String firstName(JsonParser source) throws IOException {
    if (source.isExpectedStartObjectToken()) {
      return source.nextFieldName();
    }
    // A reader of type information has gone past the start already.
    if (source.hasToken(JsonToken.FIELD_NAME)) {
      return source.currentName();
    }
    if (source.hasToken(JsonToken.END_OBJECT)) {
      return null;
    }
    throw Misfit.expected("an object", source);
  }

  private void overlay(@Nullable Object[] values, Overlay over, DeserializationContext context)
      throws IOException {
    for (Map.Entry<String, List<String>> parameter : over.texts().entrySet()) {
      Part part = byName.get(parameter.getKey());
      if (part == null) {
        unknown(parameter.getKey(), context);
      } else if (values[part.index()] == null || !over.documentGoesFirst()) {
        values[part.index()] = part.read(parameter.getValue(), context);
      }
    }
  }

  private void unknown(String name, DeserializationContext context) throws JsonMappingException {
    if (context.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)) {
      Misfit misfit = new Misfit(null, "unknown");
      throw JsonMappingException.wrapWithPath(misfit, handledType(), name);
    }
  }

  @SuppressWarnings("NullAway") // resolve() comes before any use; components may be null
  private Object construct(@Nullable Object[] values) throws IOException {
    try {
      return (Object) constructor.invokeExact(values);
    } catch (IllegalArgumentException refused) {
      String words = refused.getMessage();
      throw new Misfit(null, words == null ? "not accepted" : words);
    } catch (ServiceException | Error meant) {
      throw meant;
    } catch (Throwable failure) {
      throw new ConstructionException(failure);
    }
  }
}
