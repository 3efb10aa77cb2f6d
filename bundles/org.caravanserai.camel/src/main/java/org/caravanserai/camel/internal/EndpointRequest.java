package org.caravanserai.camel.internal;

import java.util.Map;
import org.apache.camel.ExchangePattern;
import org.jspecify.annotations.Nullable;

/**
 * A message for an endpoint.
 *
 * @param uri the endpoint
 * @param pattern whether an answer is wanted
 * @param body its body
 * @param headers its headers
 */
public record EndpointRequest(
    String uri, ExchangePattern pattern, @Nullable Object body, Map<String, Object> headers) {}
