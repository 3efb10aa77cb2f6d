package org.caravanserai.rest.internal.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.caravanserai.http.PathTemplate.Segment;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.ServiceDoc;
import org.caravanserai.runtime.ServiceSchemas;
import org.caravanserai.security.Authenticator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The maker of an OpenAPI 3.1 document of channels. */
final class OpenApiDocument {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final DumpSettings BLOCKS =
      DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
  private static final String REFERENCE = "#/components/schemas/";
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

  private final ObjectNode root = JSON.createObjectNode();
  private final ObjectNode paths;
  private final ObjectNode schemas;
  private final ObjectNode securitySchemes;
  private final Set<String> ids = new HashSet<>();

  /**
   * A document that tells nothing yet.
   *
   * @param title what it is called
   */
  OpenApiDocument(String title) {
    root.put("openapi", "3.1.0");
    root.putObject("info").put("title", title).put("version", "1");
    paths = root.putObject("paths");
    ObjectNode components = root.putObject("components");
    schemas = components.putObject("schemas");
    securitySchemes = components.putObject("securitySchemes");
    ObjectNode error = schemas.putObject("Error");
    ObjectNode members = error.put("type", "object").putObject("properties");
    for (String name : List.of("result", "cid", "details")) {
      members.putObject(name).put("type", "string");
    }
    error.putArray("required").add("result").add("cid").add("details");
  }

  /** The document as JSON in UTF-8. */
  byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The document as YAML 1.2 in UTF-8. */
  byte[] yaml() {
    Object plain = JSON.convertValue(root, Object.class);
    return new Dump(BLOCKS).dumpToString(plain).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Adds a channel.
   *
   * @param doc what is said of its service, and what that takes and returns; empty if it is not
   *     deployed, or not only one
   */
  void add(Operation operation, Optional<ServiceDoc> doc) {
    Optional<ServiceSchemas> types = doc.map(ServiceDoc::schemas);
    types.ifPresent(known -> schemas.setAll(known.types()));
    String path = operation.path().toString();
    ObjectNode item = paths.get(path) instanceof ObjectNode there ? there : paths.putObject(path);
    for (String method : new TreeSet<>(operation.methods())) {
      String name = method.toLowerCase(Locale.ROOT);
      if (!item.has(name)) {
        ObjectNode node = item.putObject(name);
        node.put("operationId", id(operation.channel() + "." + method.toLowerCase(Locale.ROOT)));
        tell(operation, doc, node);
        describe(operation, method, types, node);
      }
    }
  }

  /** What its author says of a service; without that, what it is called. */
  private static void tell(Operation operation, Optional<ServiceDoc> doc, ObjectNode node) {
    String summary = doc.map(ServiceDoc::summary).orElse("");
    String description = doc.map(ServiceDoc::description).orElse("");
    if (!summary.isEmpty()) {
      node.put("summary", summary);
    } else if (operation.services().isEmpty()) {
      node.put("summary", operation.channel());
    } else {
      node.put("summary", String.join(", ", operation.services()));
    }
    if (!description.isEmpty() && !description.equals(summary)) {
      node.put("description", description);
    }
  }

  private void describe(
      Operation operation, String method, Optional<ServiceSchemas> types, ObjectNode node) {
    node.putArray("tags").add(operation.channel());
    if (operation.isDeprecated()) {
      node.put("deprecated", true);
    }
    JsonNode input = types.flatMap(ServiceSchemas::input).orElse(null);
    Set<String> inPath = new HashSet<>();
    ArrayNode parameters = JSON.createArrayNode();
    for (Segment segment : operation.path().segments()) {
      String name = segment.parameter();
      if (name != null) {
        inPath.add(name);
        JsonNode known = operation.mergesParameters() ? member(input, name) : null;
        ObjectNode parameter = parameter(parameters, name, "path", true, known);
        if (operation.isGateway() && name.equals("service")) {
          choices(operation, parameter);
        }
      }
    }
    if (operation.isGateway() && !inPath.contains("service")) {
      choices(operation, parameter(parameters, "service", "query", false, null));
    }
    if (!WITHOUT_BODY.contains(method)) {
      body(operation, input, types.isPresent(), inPath, node);
    } else if (operation.mergesParameters()) {
      query(input, inPath, parameters);
    }
    if (!parameters.isEmpty()) {
      node.set("parameters", parameters);
    }
    responses(operation, types, node.putObject("responses"));
    if (!operation.security().isEmpty()) {
      ArrayNode alternatives = node.putArray("security");
      operation.security().forEach(each -> security(each, alternatives));
    }
  }

  private String id(String wanted) {
    String id = wanted;
    for (int i = 2; !ids.add(id); i++) {
      id = wanted + i;
    }
    return id;
  }

  private static ObjectNode parameter(
      ArrayNode parameters, String name, String in, boolean required, @Nullable JsonNode schema) {
    ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
    parameter.put("required", required);
    ObjectNode value =
        schema == null ? JSON.createObjectNode().put("type", "string") : schema.deepCopy();
    // Readers show what is said of a parameter, not of its schema.
    JsonNode description = value.remove("description");
    if (description != null) {
      parameter.set("description", description);
    }
    parameter.set("schema", value);
    return parameter;
  }

  private static void choices(Operation operation, ObjectNode parameter) {
    ArrayNode names = ((ObjectNode) parameter.get("schema")).putArray("enum");
    operation.services().forEach(names::add);
  }

  private void query(@Nullable JsonNode input, Set<String> inPath, ArrayNode parameters) {
    JsonNode object = object(input);
    if (object == null) {
      return;
    }
    Set<String> required = required(object);
    for (Map.Entry<String, JsonNode> member : object.path("properties").properties()) {
      if (!inPath.contains(member.getKey())) {
        String name = member.getKey();
        parameter(parameters, name, "query", required.contains(name), member.getValue());
      }
    }
  }

  private void body(
      Operation operation,
      @Nullable JsonNode input,
      boolean isKnown,
      Set<String> inPath,
      ObjectNode node) {
    JsonNode schema = own(operation.requestSchema().orElse(null));
    if (schema == null) {
      if (input == null && isKnown) {
        return;
      }
      schema = input == null ? JSON.createObjectNode() : beside(operation, input, inPath);
    }
    ObjectNode content = node.putObject("requestBody").put("required", true).putObject("content");
    content.putObject(type(operation.format(), true)).set("schema", schema);
  }

  private static @Nullable JsonNode own(@Nullable String schema) {
    try {
      return schema == null || !schema.stripLeading().startsWith("{")
          ? null
          : JSON.readTree(schema);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** The input without what is a parameter of the path already. */
  private JsonNode beside(Operation operation, JsonNode input, Set<String> inPath) {
    JsonNode object = object(input);
    if (object == null || !operation.mergesParameters()) {
      return input;
    }
    ObjectNode rest = object.deepCopy();
    ObjectNode members = (ObjectNode) rest.get("properties");
    if (members == null || inPath.stream().noneMatch(members::has)) {
      return input;
    }
    members.remove(inPath);
    if (rest.get("required") instanceof ArrayNode) {
      ArrayNode required = JSON.createArrayNode();
      required(object).stream().filter(name -> !inPath.contains(name)).forEach(required::add);
      rest.set("required", required);
    }
    return rest;
  }

  /** The object that a schema is, or refers to; {@code null} if it is none. */
  private @Nullable JsonNode object(@Nullable JsonNode schema) {
    if (schema == null) {
      return null;
    }
    String reference = schema.path("$ref").asText();
    JsonNode found =
        reference.startsWith(REFERENCE)
            ? schemas.get(reference.substring(REFERENCE.length()))
            : schema;
    return found != null && found.path("properties").isObject() ? found : null;
  }

  private @Nullable JsonNode member(@Nullable JsonNode schema, String name) {
    JsonNode object = object(schema);
    return object == null ? null : object.path("properties").get(name);
  }

  private static Set<String> required(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.path("required").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static void responses(
      Operation operation, Optional<ServiceSchemas> types, ObjectNode responses) {
    Optional<ServiceSchemas> served = operation.isServed() ? types : Optional.empty();
    Optional<JsonNode> output = served.flatMap(ServiceSchemas::output);
    if (served.isPresent() && output.isEmpty()) {
      responses.putObject("204").put("description", "Done");
    } else {
      ObjectNode answer = responses.putObject("200").put("description", "The answer");
      String type = operation.contentType().orElseGet(() -> type(operation.format(), false));
      answer
          .putObject("content")
          .putObject(type)
          .set("schema", output.orElseGet(JSON::createObjectNode));
    }
    ObjectNode error = responses.putObject("default").put("description", "An error");
    boolean isXml = operation.format() == DataFormat.XML;
    ObjectNode content = error.putObject("content");
    content
        .putObject(isXml ? "application/xml" : "application/json")
        .putObject("schema")
        .put("$ref", REFERENCE + "Error");
  }

  private static String type(DataFormat format, boolean isRequest) {
    return isRequest && format == DataFormat.FORM
        ? "application/x-www-form-urlencoded"
        : format.contentType();
  }

  private void security(Authenticator definition, ArrayNode alternatives) {
    SecuritySchemes.of(definition)
        .forEach(
            (name, scheme) -> {
              securitySchemes.set(name, scheme);
              alternatives.addObject().putArray(name);
            });
  }
}
