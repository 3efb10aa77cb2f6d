package org.caravanserai.shell.internal;

import java.util.List;
import org.caravanserai.camel.RouteInfo;

/** Routes as tables and facts. */
final class RouteTable {

  private RouteTable() {}

  static Table of(List<RouteInfo> routes) {
    var table =
        new Table("Route", "State", "Uptime", "Total", "Failed", "Inflight", "Mean ms")
            .whenEmpty("There is no route");
    for (RouteInfo route : routes) {
      table.row(
          route.id(),
          route.state(),
          Span.of(route.uptimeMillis()),
          route.exchanges(),
          route.failed(),
          route.inflight(),
          route.meanMillis());
    }
    return table;
  }

  static Facts facts(RouteInfo route) {
    return new Facts()
        .with("Route", route.id())
        .with("Channel", route.channel())
        .with("Deployment", route.deployment())
        .with("Context", route.context())
        .with("From", route.from())
        .with("State", route.state())
        .with("Uptime", Span.of(route.uptimeMillis()))
        .with("Exchanges", route.exchanges())
        .with("Failed", route.failed())
        .with("In flight", route.inflight())
        .with("Mean", route.meanMillis() + " ms")
        .with("Max", route.maxMillis() + " ms");
  }
}
