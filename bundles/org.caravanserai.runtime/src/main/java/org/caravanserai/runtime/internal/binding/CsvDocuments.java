package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.caravanserai.api.ServiceException;

/** CSV as lists of flat records: the first line names the members, each further one is a record. */
final class CsvDocuments {

  private final CsvMapper mapper =
      CsvMapper.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();

  /**
   * The records of a document.
   *
   * @throws ServiceException with status 400 and the place if it is none
   */
  ArrayNode read(byte[] content) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    try (MappingIterator<ObjectNode> source =
        mapper.readerFor(ObjectNode.class).with(header).readValues(content)) {
      while (source.hasNextValue()) {
        if (rows.isEmpty()) {
          checkHeader((CsvSchema) source.getParserSchema());
        }
        rows.add(source.nextValue());
      }
      return rows;
    } catch (CharConversionException malformed) {
      throw new ServiceException(400, "the document is not in UTF-8", malformed);
    } catch (JsonProcessingException malformed) {
      throw malformed(malformed);
    } catch (RuntimeJsonMappingException malformed) {
      throw new ServiceException(400, "this is no CSV", malformed);
    } catch (IOException malformed) {
      throw new ServiceException(400, "the document can't be decoded", malformed);
    }
  }

  private static void checkHeader(CsvSchema header) {
    Set<String> names = new HashSet<>();
    for (CsvSchema.Column column : header) {
      if (!names.add(column.getName())) {
        throw new ServiceException(400, "line 1: the column " + column.getName() + " occurs twice");
      }
    }
  }

  private static ServiceException malformed(JsonProcessingException failure) {
    String original = String.valueOf(failure.getOriginalMessage());
    JsonLocation location = failure.getLocation();
    String place = location == null ? "" : "line " + location.getLineNr() + ": ";
    String fault = original.startsWith("Too many entries") ? "more cells than columns" : "no CSV";
    return new ServiceException(400, place + fault, failure);
  }

  /**
   * A document of one record or a list of them.
   *
   * @param known the columns as far as they are known; others follow as they occur
   * @throws IOException if a record is not flat
   */
  byte[] write(JsonNode tree, List<String> known) throws IOException {
    Iterable<JsonNode> rows = tree.isArray() ? tree : List.of(tree);
    Set<String> columns = new LinkedHashSet<>(known);
    for (JsonNode row : rows) {
      if (!row.isObject()) {
        throw new IOException("CSV is written of records, not of " + row.getNodeType());
      }
      for (var member : row.properties()) {
        if (member.getValue().isContainerNode()) {
          throw new IOException("CSV has no place for what is inside " + member.getKey());
        }
        columns.add(member.getKey());
      }
    }
    if (columns.isEmpty()) {
      return new byte[0];
    }
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
    columns.forEach(schema::addColumn);
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    rows.forEach(list::add);
    return mapper.writer(schema.build()).writeValueAsBytes(list);
  }
}
