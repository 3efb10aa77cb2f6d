package org.caravanserai.pubsub.internal.http;

import org.caravanserai.http.TrafficExchange;

/** Answers the requests to one path. */
@FunctionalInterface
interface Endpoint {

  /**
   * Begins to answer, on the thread that reads from many connections: it must not block.
   *
   * @param definition the security definition that calls
   * @throws org.caravanserai.api.ServiceException for an answer of its status
   */
  void handle(TrafficExchange exchange, String definition);
}
