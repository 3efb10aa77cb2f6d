package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reader of one component of a record. */
final class Part {

  private static final JsonFactory PLAIN = new JsonFactory();

  private final int index;
  private final String name;
  private final Class<?> owner;
  private final JavaType target;
  private final JsonDeserializer<Object> reader;
  private final Absence absence;

  /**
   * Makes a reader.
   *
   * @param target the component's type, without an {@code Optional} around it
   */
  Part(
      int index,
      String name,
      Class<?> owner,
      JavaType target,
      JsonDeserializer<Object> reader,
      Absence absence) {
    this.index = index;
    this.name = name;
    this.owner = owner;
    this.target = target;
    this.reader = reader;
    this.absence = absence;
  }

  int index() {
    return index;
  }

  /** The value at the current token, which is not null. */
  @Nullable Object read(JsonParser source, DeserializationContext context) throws IOException {
    try {
      return reader.deserialize(source, context);
    } catch (JsonMappingException misfit) {
      throw JsonMappingException.wrapWithPath(misfit, owner, name);
    }
  }

  /** The value that texts from outside of the document mean; {@code null} if they mean none. */
  @Nullable Object read(List<String> texts, DeserializationContext context) throws IOException {
    boolean many = isList() || (texts.size() > 1 && isAny());
    if (texts.size() > 1 && !many) {
      throw at(new Misfit(null, "expected one value, got " + texts.size()));
    }
    if (target.isMapLikeType()) {
      throw at(new Misfit(null, "expected an object, got text"));
    }
    if (texts.isEmpty() || (!many && texts.get(0).isEmpty() && !isText())) {
      return null;
    }
    try (TokenBuffer tokens = new TokenBuffer((ObjectCodec) null, false)) {
      if (many) {
        tokens.writeStartArray();
        for (String text : texts) {
          tokens.writeString(text);
        }
        tokens.writeEndArray();
      } else {
        tokens.writeString(texts.get(0));
      }
      return readLeniently(tokens, context);
    }
  }

  /** Whether a text in a document in which all is text stands for no value. */
  boolean isNothing(JsonParser source) throws IOException {
    return source.hasToken(JsonToken.VALUE_STRING) && source.getText().isEmpty() && !isText();
  }

  /** The value when there is none in a document whose lists are repeated elements. */
  @Nullable Object absentFromText(DeserializationContext context) throws IOException {
    if (absence != Absence.REFUSED || !isList()) {
      return absent(context);
    }
    try (JsonParser source = PLAIN.createParser("[]")) {
      source.nextToken();
      return read(source, context);
    }
  }

  /** The value when there is none in the document. */
  @Nullable Object absent(DeserializationContext context) throws IOException {
    try {
      return absence.value(this, context);
    } catch (JsonMappingException misfit) {
      throw JsonMappingException.wrapWithPath(misfit, owner, name);
    }
  }

  /** Refuses a default that does not fit. */
  void tryDefault(DeserializationContext context) throws IOException {
    if (absence instanceof Absence.Default) {
      absent(context);
    }
  }

  /** The value that a default means: JSON for lists and objects, else plain text. */
  @Nullable Object parseDefault(String text, DeserializationContext context) throws IOException {
    if (!holdsJson()) {
      return read(List.of(text), context);
    }
    try (JsonParser source = PLAIN.createParser(text)) {
      source.nextToken();
      return read(source, context);
    }
  }

  private boolean holdsJson() {
    return isList() || target.isMapLikeType() || target.isRecordType();
  }

  private @Nullable Object readLeniently(TokenBuffer tokens, DeserializationContext context)
      throws IOException {
    Leniency.begin(context);
    try (JsonParser source = tokens.asParserOnFirstToken()) {
      return source.hasToken(JsonToken.VALUE_NULL) ? null : read(source, context);
    } finally {
      Leniency.end(context);
    }
  }

  private boolean isList() {
    return target.isCollectionLikeType()
        || (target.isArrayType() && !target.hasRawClass(byte[].class));
  }

  private boolean isAny() {
    return target.hasRawClass(Object.class) || target.isTypeOrSubTypeOf(JsonNode.class);
  }

  private boolean isText() {
    return isAny() || target.isTypeOrSuperTypeOf(String.class);
  }

  private JsonMappingException at(Misfit misfit) {
    return JsonMappingException.wrapWithPath(misfit, owner, name);
  }
}
