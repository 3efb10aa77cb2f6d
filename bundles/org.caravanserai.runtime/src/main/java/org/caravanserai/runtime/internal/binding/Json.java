package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of one revision: its own caches know the revision's classes, and nobody else's do.
 *
 * <p>Failures to read are told by a {@link org.caravanserai.api.ServiceException} with status 400.
 */
final class Json implements Writing {

  private final ObjectMapper mapper;

  Json(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  JavaType type(Type type) {
    return mapper.constructType(type);
  }

  ObjectReader reader(JavaType type) {
    return mapper.readerFor(type);
  }

  static ObjectReader strict(ObjectReader reader) {
    return reader.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /** A writer for what a service says that it returns. */
  ObjectWriter writer(JavaType type) {
    boolean exact = type.isFinal() || type.isContainerType();
    return exact ? mapper.writerFor(type) : mapper.writer();
  }

  /** Refuses a type that no document could become. */
  void checkReadable(JavaType type) throws IOException {
    try (JsonParser nothing = mapper.createParser("")) {
      DefaultDeserializationContext context =
          ((DefaultDeserializationContext) mapper.getDeserializationContext())
              .createInstance(mapper.getDeserializationConfig(), nothing, null);
      Constructible.check(type, false, context);
      context.findRootValueDeserializer(type);
    }
  }

  /** Binds a whole document. */
  static @Nullable Object read(ObjectReader reader, byte[] document) {
    try (JsonParser source = reader.createParser(document)) {
      return read(reader, source, document);
    } catch (IOException failure) {
      throw Complaint.about(failure, document);
    }
  }

  private static @Nullable Object read(ObjectReader reader, JsonParser source, byte[] document) {
    try {
      if (source.nextToken() == null) {
        throw Misfit.missing();
      }
      Object value = reader.readValue(source);
      if (source.nextToken() != null) {
        throw new TrailingText(source);
      }
      return value;
    } catch (IOException | RuntimeException failure) {
      // Before the source is closed: it knows what was found.
      throw Complaint.about(failure, document);
    }
  }

  /** Binds what is left of tokens. */
  static @Nullable Object read(ObjectReader reader, JsonParser tokens) {
    try {
      return reader.readValue(tokens);
    } catch (IOException | RuntimeException failure) {
      throw Complaint.about(failure, new byte[0]);
    }
  }

  /** The names of a record's members, in their order. */
  List<String> members(JavaType type) {
    return mapper.getSerializationConfig().introspect(type).findProperties().stream()
        .map(BeanPropertyDefinition::getName)
        .toList();
  }

  /** The schemas of the types of a service. */
  JsonSchemas schemas(String service) {
    return new JsonSchemas(mapper, service);
  }

  /** The object as a tree. */
  JsonNode tree(Object value) {
    return mapper.valueToTree(value);
  }

  @Override
  public TokenBuffer tokens(Object value) throws IOException {
    TokenBuffer tokens = new TokenBuffer(mapper, false);
    mapper.writeValue(tokens, value);
    return tokens;
  }

  @Override
  public byte[] document(Object value) throws IOException {
    return mapper.writeValueAsBytes(value);
  }
}
