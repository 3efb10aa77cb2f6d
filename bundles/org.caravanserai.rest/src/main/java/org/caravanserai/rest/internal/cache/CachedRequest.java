package org.caravanserai.rest.internal.cache;

import java.time.Duration;
import org.caravanserai.http.TrafficExchange;
import org.jspecify.annotations.Nullable;

/** A request whose answer may come from the cache. */
public interface CachedRequest {

  /** The request and its answer. */
  TrafficExchange exchange();

  /** How long its service may take. */
  Duration timeout();

  /**
   * Calls the service.
   *
   * @param timeout how long it may take
   * @param flight is told what became of it, exactly once; {@code null} if nobody wants to know
   */
  void start(Duration timeout, @Nullable Flight flight);
}
