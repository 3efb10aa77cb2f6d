package org.caravanserai.camel.internal;

import java.io.InputStream;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.util.CaseInsensitiveMap;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange is at its end.
 *
 * @param body its body; a stream ends the exchange when it is closed
 * @param headers its headers, found in any case
 * @param exchange the exchange, for conversions
 */
public record EndpointAnswer(
    @Nullable Object body, Map<String, Object> headers, Exchange exchange) {

  /**
   * The answer in an exchange.
   *
   * @param end ends the exchange, if the body is a stream
   */
  public static EndpointAnswer of(Exchange exchange, Runnable end) {
    Object body = EntryBody.of(exchange);
    return new EndpointAnswer(
        body instanceof InputStream stream ? new FinishingStream(stream, end) : body,
        new CaseInsensitiveMap(exchange.getMessage().getHeaders()),
        exchange);
  }

  /** Whether the body is read while the exchange goes on. */
  public boolean isStream() {
    return body instanceof InputStream;
  }
}
