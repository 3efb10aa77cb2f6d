package org.caravanserai.management;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.caravanserai.runtime.ServiceDoc;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;

/**
 * A service, with what its author says of it.
 *
 * @param service how it is now
 * @param summary the first sentence that is said of it, in Markdown; empty if nothing is
 * @param description all of that
 * @param inputSchema the JSON Schema (2020-12) of what it takes; empty if it takes nothing
 * @param outputSchema the JSON Schema of what it returns; empty if it returns nothing
 */
public record ServiceAnswer(
    @JsonUnwrapped ServiceInfo service,
    Optional<String> summary,
    Optional<String> description,
    Optional<JsonNode> inputSchema,
    Optional<JsonNode> outputSchema) {

  /** Tells of a service; empty if none of that name is deployed. */
  public static Optional<ServiceAnswer> of(ServiceRegistry registry, String name) {
    Optional<ServiceDoc> doc = registry.doc(name);
    return registry
        .service(name)
        .map(
            service ->
                new ServiceAnswer(
                    service,
                    doc.map(ServiceDoc::summary).filter(text -> !text.isEmpty()),
                    doc.map(ServiceDoc::description).filter(text -> !text.isEmpty()),
                    doc.flatMap(each -> schema(each.schemas().input(), each)),
                    doc.flatMap(each -> schema(each.schemas().output(), each))));
  }

  private static Optional<JsonNode> schema(Optional<JsonNode> schema, ServiceDoc doc) {
    return schema.map(each -> StandaloneSchema.of(each, doc.schemas().types()));
  }
}
