package org.caravanserai.rest.internal;

import java.util.List;
import java.util.Map;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficHandler;

/** Takes the requests of a channel that leads to several services, of which each names one. */
final class GatewayHandler implements TrafficHandler {

  /** The parameter of path or query that names the service. */
  static final String PARAMETER = "service";

  private final String first;
  private final RestHandler firstHandler;
  private final Map<String, RestHandler> handlers;

  /**
   * A gateway.
   *
   * @param first the service of requests that name none
   * @param firstHandler who takes these
   * @param handlers who takes the requests, by service
   */
  GatewayHandler(String first, RestHandler firstHandler, Map<String, RestHandler> handlers) {
    this.first = first;
    this.firstHandler = firstHandler;
    this.handlers = Map.copyOf(handlers);
  }

  @Override
  public void handle(TrafficExchange exchange) {
    RestHandler handler = handlers.get(service(exchange));
    if (handler == null) {
      // Whoever may not call the channel learns nothing of its services.
      firstHandler.refuse(exchange, 404, "no such service is behind this channel");
    } else {
      handler.handle(exchange);
    }
  }

  private String service(TrafficExchange exchange) {
    String inPath = exchange.pathParameters().get(PARAMETER);
    if (inPath != null) {
      return inPath;
    }
    List<String> inQuery = exchange.query().getOrDefault(PARAMETER, List.of());
    return inQuery.isEmpty() ? first : inQuery.get(0);
  }
}
