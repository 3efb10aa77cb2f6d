package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.jspecify.annotations.Nullable;

/** The intake of a service that takes a structure: a record, a map, a tree, a list. */
final class DocumentIntake implements Intake {

  private static final byte[] NOTHING = {};
  private static final Overlay NO_PARAMETERS = new Overlay(Map.of(), false);
  private static final byte[] NO_MEMBERS = "{}".getBytes(StandardCharsets.UTF_8);

  private final JavaType type;
  private final ObjectReader reader;
  private final ObjectReader strictReader;
  private final ObjectReader trees;
  private final byte[] emptyDocument;
  private final int maxFormFields;
  private final TextDocuments textDocuments;

  DocumentIntake(JavaType type, Json json, int maxFormFields, TextDocuments textDocuments) {
    this.type = type;
    this.reader = json.reader(type);
    this.strictReader = Json.strict(reader);
    this.trees = json.reader(json.type(JsonNode.class));
    this.emptyDocument = hasMembers(type) ? NO_MEMBERS : NOTHING;
    this.maxFormFields = maxFormFields;
    this.textDocuments = textDocuments;
  }

  @Override
  public Object document(Payload.Document document) {
    byte[] content = document.content();
    Map<String, List<String>> texts = document.parameters();
    Overlay parameters = texts.isEmpty() ? NO_PARAMETERS : new Overlay(texts, document.goesFirst());
    ObjectReader bound = document.strict() ? strictReader : reader;
    DataFormat format = document.format();
    if (format == DataFormat.FORM) {
      Map<String, List<String>> form = FormDocument.parse(content, maxFormFields);
      Overlay fields = new Overlay(Parameters.merge(form, parameters), false);
      return present(read(NO_MEMBERS, fields, bound));
    }
    if (isBlank(content)) {
      return present(read(emptyDocument, parameters, bound));
    }
    if (format == DataFormat.XML || format == DataFormat.CSV) {
      return present(readText(textDocuments.read(content, format, type), parameters, bound));
    }
    return present(read(content, parameters, bound));
  }

  /** Binds a document in which all is text. */
  private @Nullable Object readText(JsonNode document, Overlay parameters, ObjectReader bound) {
    JsonNode tree = parameters.texts().isEmpty() ? document : OverlaidTree.of(document, parameters);
    if (type.getRawClass().isInstance(tree)) {
      return tree;
    }
    ObjectReader lenient =
        Leniency.throughout(bound).with(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);
    return Json.read(lenient, new TextParser(trees.treeAsTokens(tree)));
  }

  @Override
  public Object value(Object value, Writing writing) throws IOException {
    if (isSurely(value)) {
      return value;
    }
    if (Raw.isValue(value)) {
      return document(new Payload.Document(Raw.bytes(value), DataFormat.JSON, Map.of(), false));
    }
    try (TokenBuffer tokens = writing.tokens(value)) {
      return present(Json.read(reader, tokens.asParserOnFirstToken()));
    }
  }

  private @Nullable Object read(byte[] content, Overlay parameters, ObjectReader bound) {
    if (parameters.texts().isEmpty() || type.isRecordType()) {
      return Json.read(Parameters.over(bound, parameters), content);
    }
    JsonNode tree = OverlaidTree.of(Json.read(trees, content), parameters);
    return type.getRawClass().isInstance(tree)
        ? tree
        : Json.read(Leniency.throughout(bound), trees.treeAsTokens(tree));
  }

  private static Object present(@Nullable Object input) {
    if (input == null) {
      throw new ServiceException(400, "/: missing");
    }
    return input;
  }

  /** Whether a body of no bytes can stand for a document without members. */
  private static boolean hasMembers(JavaType type) {
    return type.isMapLikeType()
        || type.isJavaLangObject()
        || type.hasRawClass(JsonNode.class)
        || (!type.isContainerType()
            && !type.isEnumType()
            && !type.getRawClass().getName().startsWith("java."));
  }

  private static boolean isBlank(byte[] content) {
    for (byte each : content) {
      if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Whether an object is of the wanted type beyond doubt, its type parameters included. */
  private boolean isSurely(Object value) {
    if (!type.getRawClass().isInstance(value)) {
      return false;
    }
    if (type.isMapLikeType() && value instanceof Map<?, ?> map) {
      return type.getKeyType().hasRawClass(String.class)
          && type.getContentType().isJavaLangObject()
          && map.keySet().stream().allMatch(String.class::isInstance);
    }
    return type.containedTypeCount() == 0 || type.containedTypeOrUnknown(0).isJavaLangObject();
  }
}
