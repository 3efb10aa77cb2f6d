package org.caravanserai.rest.internal;

import org.caravanserai.http.TrafficExchange;
import org.caravanserai.runtime.DataFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is settled before anybody looks at a request, so that refusals have it as well.
 *
 * @param errorsInXml whether errors are answered in XML
 * @param cors which scripts of other sites may call; {@code null} if none may
 * @param deprecation what is told to callers; {@code null} if nothing is
 */
record Preamble(
    boolean errorsInXml, @Nullable CrossOrigin cors, @Nullable Deprecation deprecation) {

  /** That of a channel; {@code null} if nothing is to be settled. */
  static @Nullable Preamble of(RestChannel channel) {
    boolean isXml = channel.dataFormat() == DataFormat.XML;
    CrossOrigin cors =
        channel
            .cors()
            .map(fields -> new CrossOrigin(fields, RestRoute.methods(channel.method())))
            .orElse(null);
    Deprecation deprecation = Deprecation.of(channel);
    return !isXml && cors == null && deprecation == null
        ? null
        : new Preamble(isXml, cors, deprecation);
  }

  /**
   * Settles it.
   *
   * @return whether the request still is to be answered
   */
  boolean begin(TrafficExchange exchange) {
    if (errorsInXml) {
      exchange.errorsInXml();
    }
    if (deprecation != null) {
      deprecation.apply(exchange);
    }
    if (cors != null) {
      if (CrossOrigin.isPreflight(exchange)) {
        cors.preflight(exchange);
        return false;
      }
      cors.apply(exchange);
    }
    return true;
  }
}
