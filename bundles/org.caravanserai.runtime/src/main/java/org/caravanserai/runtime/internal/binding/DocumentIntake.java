package org.caravanserai.runtime.internal.binding;

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
import org.jspecify.annotations.Nullable;

/** The intake of a service that takes a structure: a record, a map, a tree, a list. */
final class DocumentIntake implements Intake {

  private static final byte[] NOTHING = {};
  private static final byte[] NO_MEMBERS = "{}".getBytes(StandardCharsets.UTF_8);

  private final JavaType type;
  private final ObjectReader reader;
  private final ObjectReader strictReader;
  private final ObjectReader trees;
  private final byte[] emptyDocument;
  private final int maxFormFields;

  DocumentIntake(JavaType type, Json json, int maxFormFields) {
    this.type = type;
    this.reader = json.reader(type);
    this.strictReader = Json.strict(reader);
    this.trees = json.reader(json.type(JsonNode.class));
    this.emptyDocument = hasMembers(type) ? NO_MEMBERS : NOTHING;
    this.maxFormFields = maxFormFields;
  }

  @Override
  public Object document(
      byte[] content, DataFormat format, Map<String, List<String>> parameters, boolean strict) {
    ObjectReader bound = strict ? strictReader : reader;
    if (format == DataFormat.FORM) {
      Map<String, List<String>> form = FormDocument.parse(content, maxFormFields);
      return present(read(NO_MEMBERS, Parameters.merge(form, parameters), bound));
    }
    return present(read(isBlank(content) ? emptyDocument : content, parameters, bound));
  }

  @Override
  public Object value(Object value, Writing writing) throws IOException {
    if (isSurely(value)) {
      return value;
    }
    if (Raw.isValue(value)) {
      return document(Raw.bytes(value), DataFormat.JSON, Map.of(), false);
    }
    try (TokenBuffer tokens = writing.tokens(value)) {
      return present(Json.read(reader, tokens.asParserOnFirstToken()));
    }
  }

  private @Nullable Object read(
      byte[] content, Map<String, List<String>> parameters, ObjectReader bound) {
    if (parameters.isEmpty() || type.isRecordType()) {
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
