package org.caravanserai.http.internal;

import org.caravanserai.http.TrafficExchange;
import org.caravanserai.security.RateDecision;
import org.caravanserai.security.RateDecision.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The headers that tell callers of a rate limit: those of draft-ietf-httpapi-ratelimit-headers, and
 * Zato's. Of several limits they tell of the tightest.
 */
public final class RateHeaders {

  private RateHeaders() {}

  /** The one that lets fewer requests in. */
  public static RateDecision tighter(@Nullable RateDecision one, RateDecision other) {
    return one != null && other.outcome() == Outcome.ALLOWED && one.remaining() < other.remaining()
        ? one
        : other;
  }

  /** Sets them. */
  public static void set(TrafficExchange exchange, RateDecision decision) {
    exchange.setHeader("RateLimit-Policy", decision.policy());
    exchange.setHeader("RateLimit", decision.status());
    exchange.setHeader("X-RateLimit-Limit", Long.toString(decision.limit()));
    exchange.setHeader("X-RateLimit-Remaining", Long.toString(decision.remaining()));
  }
}
