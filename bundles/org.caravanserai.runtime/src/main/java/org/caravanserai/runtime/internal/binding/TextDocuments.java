package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.DataFormat;
import org.jspecify.annotations.Nullable;

/** The formats in which all is text, as trees. Their libraries are loaded at the first use. */
final class TextDocuments {

  private final Limits limits;
  private volatile @Nullable XmlDocuments xml;
  private volatile @Nullable CsvDocuments csv;

  TextDocuments(Limits limits) {
    this.limits = limits;
  }

  /**
   * The tree of a document, in the shape that a type wants: a list where it is one.
   *
   * @throws ServiceException with status 400 and the place if it is none
   */
  JsonNode read(byte[] content, DataFormat format, JavaType type) {
    boolean wantsList = type.isCollectionLikeType() || type.isArrayType();
    if (format == DataFormat.CSV) {
      ArrayNode rows = csv().read(content);
      return wantsList || type.isTypeOrSubTypeOf(JsonNode.class) || type.isJavaLangObject()
          ? rows
          : onlyRow(rows);
    }
    JsonNode root = xml().read(content);
    return wantsList ? items(root) : root.isTextual() ? withoutMembers(root) : root;
  }

  private static JsonNode onlyRow(ArrayNode rows) {
    if (rows.size() != 1) {
      throw new ServiceException(400, "/: expected one row, got " + rows.size());
    }
    return rows.get(0);
  }

  /** What is inside the root, all of one name. */
  private static JsonNode items(JsonNode root) {
    if (!(root instanceof ObjectNode members)) {
      return isEmptyText(root) ? JsonNodeFactory.instance.arrayNode() : root;
    }
    if (members.isEmpty()) {
      return JsonNodeFactory.instance.arrayNode();
    }
    if (members.size() != 1) {
      throw new ServiceException(400, "/: expected a list, whose elements all have the same name");
    }
    return members.elements().next();
  }

  private static JsonNode withoutMembers(JsonNode root) {
    return isEmptyText(root) ? JsonNodeFactory.instance.objectNode() : root;
  }

  private static boolean isEmptyText(JsonNode root) {
    return root.isTextual() && root.textValue().isBlank();
  }

  /**
   * A document out of a tree.
   *
   * @param name what the tree is called
   * @param columns the members of its rows, as far as they are known
   * @throws IOException if the format can't say it
   */
  byte[] write(JsonNode tree, DataFormat format, String name, List<String> columns)
      throws IOException {
    return format == DataFormat.CSV ? csv().write(tree, columns) : xml().write(tree, name);
  }

  private XmlDocuments xml() {
    XmlDocuments made = xml;
    if (made == null) {
      made = new XmlDocuments(limits);
      xml = made;
    }
    return made;
  }

  private CsvDocuments csv() {
    CsvDocuments made = csv;
    if (made == null) {
      made = new CsvDocuments();
      csv = made;
    }
    return made;
  }
}
