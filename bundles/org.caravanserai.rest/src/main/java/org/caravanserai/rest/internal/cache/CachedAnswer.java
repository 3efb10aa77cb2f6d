package org.caravanserai.rest.internal.cache;

import java.util.Map;
import org.caravanserai.http.TrafficExchange;
import org.jspecify.annotations.Nullable;

/**
 * An answer that may go to several callers.
 *
 * @param contentType what it is
 * @param content its bytes; nobody changes them
 * @param headers its headers
 * @param etag the header {@code ETag}; {@code null} for none
 * @param lifetimeNanos for how long it is kept
 * @param madeAt when it was made, by the clock of the cache
 */
record CachedAnswer(
    String contentType,
    byte[] content,
    Map<String, String> headers,
    @Nullable String etag,
    long lifetimeNanos,
    long madeAt) {

  private static final byte[] NOTHING = {};

  /**
   * Answers a request.
   *
   * @param how {@code hit}, {@code miss} or {@code coalesced}
   * @param age how many seconds old it is
   * @param ended as for {@link TrafficExchange#answer}
   */
  void answer(TrafficExchange exchange, String how, long age, Runnable ended) {
    headers.forEach(
        (name, value) -> {
          if (name.equalsIgnoreCase("Vary")) {
            exchange.vary(value);
          } else {
            exchange.setHeader(name, value);
          }
        });
    exchange.setHeader("X-Serai-Cache", how);
    if (how.equals("hit")) {
      exchange.setHeader("Age", Long.toString(age));
    }
    if (etag != null) {
      exchange.setHeader("ETag", etag);
      if (EntityTags.match(exchange.header("If-None-Match"), etag)) {
        exchange.answer(304, null, NOTHING, ended);
        return;
      }
    }
    exchange.answer(200, contentType, content, ended);
  }

  /** How many bytes of memory it takes, about. */
  int weight() {
    int weight = 300 + content.length;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      weight += 100 + 2 * (header.getKey().length() + header.getValue().length());
    }
    return weight;
  }
}
