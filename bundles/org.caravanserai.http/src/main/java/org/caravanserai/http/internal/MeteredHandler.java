package org.caravanserai.http.internal;

import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.internal.ChannelMeters.ChannelMeter;

/** Has the requests of a channel counted. */
record MeteredHandler(ChannelMeter meter, TrafficHandler handler) implements TrafficHandler {

  @Override
  public void handle(TrafficExchange exchange) {
    ((JettyExchange) exchange).countWith(meter);
    handler.handle(exchange);
  }
}
