package org.caravanserai.management.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.caravanserai.objects.KindInfo;

/** The OpenAPI 3.1 document of the admin API, made from what its operations declare. */
final class OpenApiDocument {

  /** The schema of an object's fields, whatever its kind. */
  static final Map<String, Object> ANY_KIND = Map.of("$ref", "#/components/schemas/AnyKind");

  private static final List<Integer> ALWAYS = List.of(400, 401, 403, 500);

  private final List<ApiOperation> operations;
  private final List<KindInfo> kinds;
  private final RecordSchemas records = new RecordSchemas();

  OpenApiDocument(List<ApiOperation> operations, List<KindInfo> kinds) {
    this.operations = operations;
    this.kinds = kinds;
  }

  /** The document. */
  Map<String, Object> content() {
    Map<String, Object> paths = new TreeMap<>();
    for (ApiOperation operation : operations) {
      @SuppressWarnings("unchecked") // only this loop puts something in
      Map<String, Object> path =
          (Map<String, Object>)
              paths.computeIfAbsent(operation.path().toString(), key -> new LinkedHashMap<>());
      path.put(operation.method().toLowerCase(Locale.ROOT), describe(operation));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        Map.of(
            "title",
            "Caravanserai admin API",
            "version",
            "1",
            "description",
            "Every operation says the least role that it needs: x-serai-role."));
    document.put("servers", List.of(Map.of("url", "/")));
    document.put(
        "security",
        List.of(
            Map.of("basic", List.of()), Map.of("bearer", List.of()), Map.of("session", List.of())));
    document.put("paths", paths);
    document.put("components", Map.of("securitySchemes", schemes(), "schemas", schemas()));
    return document;
  }

  private static Map<String, Object> schemes() {
    return Map.of(
        "basic", Map.of("type", "http", "scheme", "basic"),
        "bearer", Map.of("type", "http", "scheme", "bearer"),
        "session",
            Map.of(
                "type",
                "apiKey",
                "in",
                "cookie",
                "name",
                "serai-session-8183",
                "description",
                "From POST /api/v1/session. Its name ends in the port of this server; what is no"
                    + " GET needs the header X-CSRF-Token."));
  }

  private Map<String, Object> schemas() {
    Map<String, Object> schemas = new TreeMap<>(records.named());
    List<Object> any = new ArrayList<>();
    for (KindInfo kind : kinds) {
      schemas.put("kind." + kind.name(), kind.schema());
      any.add(RecordSchemas.reference("kind." + kind.name()));
    }
    schemas.put("AnyKind", any.isEmpty() ? Map.of("type", "object") : Map.of("anyOf", any));
    return schemas;
  }

  private Map<String, Object> describe(ApiOperation operation) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("operationId", operationId(operation));
    described.put("summary", operation.summary());
    described.put("tags", List.of(operation.access().id().replaceAll("\\..*", "")));
    described.put("x-serai-operation", operation.access().id());
    described.put("x-serai-role", operation.access().role().id());
    if (operation.isOpen()) {
      described.put("security", List.of());
    }
    List<Object> parameters = parameters(operation);
    if (!parameters.isEmpty()) {
      described.put("parameters", parameters);
    }
    ApiOperation.Content body = operation.body();
    if (body != null) {
      described.put("requestBody", Map.of("required", true, "content", content(body)));
    }
    described.put("responses", responses(operation));
    return described;
  }

  private static String operationId(ApiOperation operation) {
    return operation.method().toLowerCase(Locale.ROOT)
        + operation.path().toString().replace("/api/", "/").replaceAll("[^a-zA-Z0-9]+", "_");
  }

  private static List<Object> parameters(ApiOperation operation) {
    List<Object> parameters = new ArrayList<>();
    for (String name : operation.path().parameters()) {
      parameters.add(
          Map.of("name", name, "in", "path", "required", true, "schema", Map.of("type", "string")));
    }
    for (QueryParameter each : operation.query()) {
      parameters.add(
          Map.of(
              "name", each.name(),
              "in", "query",
              "description", each.help(),
              "schema", each.schema()));
    }
    return parameters;
  }

  private Map<String, Object> responses(ApiOperation operation) {
    Map<String, Object> responses = new TreeMap<>();
    List<Integer> problems = new ArrayList<>(ALWAYS);
    problems.addAll(operation.problems());
    if (operation.access().isChange()) {
      problems.add(423);
    }
    ApiOperation.Content problem =
        new ApiOperation.Content(ProblemDocument.CONTENT_TYPE, ProblemDocument.class);
    problems.forEach(status -> responses.put(status.toString(), response(status, problem)));
    operation
        .answers()
        .forEach((status, content) -> responses.put(status.toString(), response(status, content)));
    return responses;
  }

  private Map<String, Object> response(int status, ApiOperation.Content content) {
    String description = status < 300 ? "done" : ProblemDocument.title(status);
    return content.type().isEmpty()
        ? Map.of("description", description)
        : Map.of("description", description, "content", content(content));
  }

  private Map<String, Object> content(ApiOperation.Content content) {
    return Map.of(content.type(), Map.of("schema", records.schema(content.schema())));
  }
}
