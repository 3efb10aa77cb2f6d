package org.caravanserai.rest.internal;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Payload;

/** What the JSON bodies of a channel must be like, by a JSON Schema (draft 2020-12). */
final class RequestSchema {

  private static final long LARGEST_FILE = 1024 * 1024;
  private static final int MOST_FAULTS = 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final JsonSchema schema;

  private RequestSchema(JsonSchema schema) {
    this.schema = schema;
  }

  /**
   * Reads a schema. It can't refer to others, so that nothing is fetched from anywhere.
   *
   * @param text the schema itself, or the path of its file
   * @throws IllegalArgumentException if it is none; the message says why
   */
  static RequestSchema of(String text) {
    String document = text.stripLeading().startsWith("{") ? text : file(text);
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder ->
                builder.schemaLoaders(
                    loaders ->
                        loaders.values(all -> all.add(0, DisallowSchemaLoader.getInstance()))));
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ENGLISH)
            .build();
    try {
      JsonSchema schema = factory.getSchema(JSON.readTree(document), config);
      schema.initializeValidators();
      return new RequestSchema(schema);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
    } catch (JsonSchemaException e) {
      throw new IllegalArgumentException("is no JSON Schema: " + e.getMessage(), e);
    }
  }

  private static String file(String name) {
    try {
      Path file = Path.of(name.strip());
      if (!file.isAbsolute()) {
        throw new IllegalArgumentException(
            "expected a schema that begins with {, or the absolute path of a file");
      }
      if (Files.size(file) > LARGEST_FILE) {
        throw new IllegalArgumentException("the file " + file + " is larger than 1 MB");
      }
      return Files.readString(file);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected a schema, or the path of a file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + name + " can't be read", e);
    }
  }

  /** Whether requests of a method are to have a body. */
  static boolean isFor(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  /**
   * Looks at a request.
   *
   * @throws ServiceException with status 400 and each place that is wrong
   */
  void check(Payload payload) {
    if (!(payload instanceof Payload.Document document)) {
      return;
    }
    JsonNode body;
    try {
      body = JSON.readTree(document.content());
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      String where =
          place == null
              ? ""
              : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
      throw new ServiceException(400, where + "this is no JSON", e);
    } catch (IOException e) {
      throw new ServiceException(400, "the document can't be decoded", e);
    }
    if (body.isMissingNode()) {
      throw new ServiceException(400, "/: missing");
    }
    Set<ValidationMessage> faults = schema.validate(body);
    if (!faults.isEmpty()) {
      throw new ServiceException(400, words(faults));
    }
  }

  private static String words(Set<ValidationMessage> faults) {
    String words =
        faults.stream()
            .limit(MOST_FAULTS)
            .map(RequestSchema::words)
            .distinct()
            .collect(Collectors.joining("; "));
    return faults.size() > MOST_FAULTS ? words + "; and more" : words;
  }

  private static String words(ValidationMessage fault) {
    String place = fault.getInstanceLocation().toString();
    String property = Optional.ofNullable(fault.getProperty()).orElse("");
    if (fault.getType().equals("required") && !property.isEmpty()) {
      return (place.equals("/") ? "" : place) + "/" + property + ": missing";
    }
    return (place.isEmpty() ? "/" : place) + ": " + fault.getError();
  }
}
