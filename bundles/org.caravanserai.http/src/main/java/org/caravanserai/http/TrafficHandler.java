package org.caravanserai.http;

import org.osgi.annotation.versioning.ConsumerType;

/** Answers requests. */
@ConsumerType
@FunctionalInterface
public interface TrafficHandler {

  /**
   * Begins to answer a request, on the thread that reads from many connections: it must not block.
   * The answer may come later, from any thread.
   */
  void handle(TrafficExchange exchange);
}
