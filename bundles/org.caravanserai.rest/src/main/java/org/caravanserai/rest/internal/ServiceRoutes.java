package org.caravanserai.rest.internal;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.caravanserai.camel.ChannelRoute;
import org.caravanserai.camel.ChannelRoutes;

/**
 * The Camel routes of one channel: one for each of its services, none if it has destinations only.
 *
 * @param byService the routes, by the name of their service
 */
record ServiceRoutes(Map<String, ChannelRoute> byService) implements AutoCloseable {

  /** Opens those of a channel. That of its first service has the channel's own id. */
  static ServiceRoutes open(RestChannel channel, ChannelRoutes camel) {
    Map<String, ChannelRoute> routes = new LinkedHashMap<>();
    try {
      for (String service : services(channel)) {
        boolean isFirst = channel.service().filter(service::equals).isPresent();
        String name = isFirst ? channel.name() : channel.name() + " -> " + service;
        routes.put(service, camel.open(RestKind.NAME, name, service));
      }
    } catch (RuntimeException e) {
      routes.values().forEach(ChannelRoute::close);
      throw e;
    }
    return new ServiceRoutes(routes);
  }

  /** The services of a channel, its first one first. */
  static Set<String> services(RestChannel channel) {
    Set<String> services = new LinkedHashSet<>();
    channel.service().ifPresent(services::add);
    services.addAll(channel.gatewayServiceList());
    return services;
  }

  /** Whether these are the routes that a channel needs. */
  boolean fit(RestChannel channel) {
    Set<String> services = services(channel);
    return byService.keySet().equals(services)
        && byService.keySet().stream().findFirst().equals(services.stream().findFirst());
  }

  @Override
  public void close() {
    byService.values().forEach(ChannelRoute::close);
  }
}
