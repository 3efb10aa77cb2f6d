package org.caravanserai.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What a service takes and returns as JSON Schemas (draft 2020-12), whose references are those of
 * OpenAPI 3.1: {@code #/components/schemas/NAME}.
 *
 * @param input what it takes; empty if it takes nothing
 * @param output what it returns; empty if it returns nothing
 * @param types the named types of both, by their name, which begins with that of the service
 */
public record ServiceSchemas(
    Optional<JsonNode> input, Optional<JsonNode> output, Map<String, JsonNode> types) {}
