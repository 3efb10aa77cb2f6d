package org.caravanserai.runtime.internal.binding;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.api.WstxOutputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.xml.XmlFactory;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import com.fasterxml.jackson.dataformat.xml.deser.FromXmlParser;
import com.fasterxml.jackson.dataformat.xml.ser.ToXmlGenerator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.caravanserai.api.ServiceException;
import org.codehaus.stax2.XMLOutputFactory2;

/**
 * XML as trees: attributes and elements are members, repeated elements a list, prefixes of
 * namespaces are left out, an element with {@code xsi:nil} is null. The text of an element that has
 * attributes or elements too is the member {@code ""}.
 *
 * <p>There are no document type definitions, hence no entities but the five of XML itself: nothing
 * outside of a document is ever read, and none can grow beyond its size.
 */
final class XmlDocuments {

  private final XMLInputFactory input = new WstxInputFactory();
  private final XmlMapper mapper;

  XmlDocuments(Limits limits) {
    input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    input.setProperty(XMLInputFactory.IS_COALESCING, true);
    input.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.depth());
    WstxOutputFactory output = new WstxOutputFactory();
    output.setProperty(WstxOutputProperties.P_OUTPUT_VALIDATE_NAMES, true);
    output.setProperty(XMLOutputFactory2.P_AUTOMATIC_EMPTY_ELEMENTS, true);
    XmlFactory factory = new XmlFactory(input, output);
    factory.setStreamReadConstraints(
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.depth())
            .maxStringLength(Integer.MAX_VALUE)
            .build());
    mapper =
        XmlMapper.builder(factory)
            .enable(ToXmlGenerator.Feature.WRITE_XML_DECLARATION)
            .disable(FromXmlParser.Feature.EMPTY_ELEMENT_AS_NULL)
            .build();
  }

  /**
   * The tree of a document.
   *
   * @throws ServiceException with status 400 and the place if it is none
   */
  JsonNode read(byte[] content) {
    try {
      XMLStreamReader reader = input.createXMLStreamReader(new ByteArrayInputStream(content));
      while (reader.next() != XMLStreamReader.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamReader.DTD) {
          throw new ServiceException(400, place(reader) + "a DOCTYPE is not taken");
        }
      }
      JsonNode tree;
      try (FromXmlParser parser = mapper.getFactory().createParser(reader)) {
        tree = mapper.reader().readTree(parser);
      }
      while (reader.hasNext()) {
        reader.next();
      }
      return tree;
    } catch (StreamConstraintsException limit) {
      throw new ServiceException(400, Malformed.words(limit), limit);
    } catch (XMLStreamException malformed) {
      throw malformed(malformed);
    } catch (JsonProcessingException malformed) {
      if (malformed.getCause() instanceof XMLStreamException cause) {
        throw malformed(cause);
      }
      JsonLocation location = malformed.getLocation();
      String place = location == null ? "" : place(location.getLineNr(), location.getColumnNr());
      throw new ServiceException(400, place + "this is no XML", malformed);
    } catch (IOException malformed) {
      throw new ServiceException(400, "the document can't be decoded", malformed);
    }
  }

  private static ServiceException malformed(XMLStreamException failure) {
    var location = failure.getLocation();
    String place =
        location == null ? "" : place(location.getLineNumber(), location.getColumnNumber());
    boolean deep = String.valueOf(failure.getMessage()).contains("Maximum Element Depth");
    return new ServiceException(
        400, place + (deep ? "the document is nested too deep" : "this is no XML"), failure);
  }

  private static String place(XMLStreamReader reader) {
    return place(reader.getLocation().getLineNumber(), reader.getLocation().getColumnNumber());
  }

  private static String place(int line, int column) {
    return "line " + line + ", column " + column + ": ";
  }

  /**
   * A document whose root has a name; a list is the elements {@code item} in it. Members that are
   * null are left out.
   */
  byte[] write(JsonNode tree, String root) throws IOException {
    JsonNode members = tree.isArray() ? mapper.createObjectNode().set("item", tree) : tree;
    return mapper.writer().withRootName(root).writeValueAsBytes(withoutNulls(members));
  }

  private static JsonNode withoutNulls(JsonNode node) {
    if (node instanceof ObjectNode members) {
      members.properties().removeIf(member -> member.getValue().isNull());
    }
    if (node instanceof ObjectNode || node instanceof ArrayNode) {
      node.forEach(XmlDocuments::withoutNulls);
    }
    return node;
  }
}
