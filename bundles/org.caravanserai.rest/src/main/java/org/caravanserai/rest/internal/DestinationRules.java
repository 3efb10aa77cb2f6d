package org.caravanserai.rest.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.caravanserai.rest.internal.cache.CachePolicy;
import org.caravanserai.spi.InvalidObjectException;

/** What the fields of a channel that concern its destinations must be like. */
final class DestinationRules {

  private static final String DESTINATIONS = "destinations";
  private static final String RESPOND_FROM = "respond_from";

  private DestinationRules() {}

  static void check(RestChannel channel) throws InvalidObjectException {
    List<Destination> active = channel.activeDestinations();
    if (channel.service().isEmpty() && active.isEmpty()) {
      throw new InvalidObjectException(
          "service",
          channel.destinations().isEmpty()
              ? "missing: a channel leads to a service, to destinations, or to both"
              : "missing, and none of the destinations is active");
    }
    Set<String> names = new HashSet<>();
    for (Destination each : channel.destinations()) {
      check(each);
      if (!names.add(each.name())) {
        throw new InvalidObjectException(DESTINATIONS, "two have the name " + each.name());
      }
    }
    if (channel.respondFrom().isPresent()) {
      checkAnswering(channel, channel.respondFrom().get(), active);
    }
    if (channel.service().isEmpty() && !channel.gatewayServiceList().isEmpty()) {
      throw new InvalidObjectException(
          "gateway_service_list", "makes no sense without service, which requests get by default");
    }
    if (!channel.destinations().isEmpty()) {
      checkRest(channel);
    }
  }

  private static void check(Destination destination) throws InvalidObjectException {
    if (destination.name().equals(Destination.SERVICE)) {
      throw new InvalidObjectException(
          DESTINATIONS, "none may have the name service, which means the service");
    }
    for (String option : destination.options().keySet()) {
      if (!option.equals(Destination.METHOD)) {
        throw new InvalidObjectException(
            DESTINATIONS,
            destination.name() + " has the unknown option " + option + "; known: method");
      }
    }
    if (!RestKind.isMethod(destination.method())) {
      throw new InvalidObjectException(
          DESTINATIONS,
          destination.name() + ": expected an HTTP method, found " + destination.method());
    }
  }

  private static void checkAnswering(RestChannel channel, String name, List<Destination> active)
      throws InvalidObjectException {
    boolean isThere =
        name.equals(Destination.SERVICE)
            ? channel.service().isPresent()
            : active.stream().anyMatch(each -> each.name().equals(name));
    if (!isThere) {
      throw new InvalidObjectException(
          RESPOND_FROM, "expected service, or the name of an active destination, found " + name);
    }
  }

  /** What can't be done with content that goes on as it is. */
  private static void checkRest(RestChannel channel) throws InvalidObjectException {
    String reason = "makes no sense together with destinations";
    if (!channel.gatewayServiceList().isEmpty()) {
      throw new InvalidObjectException("gateway_service_list", reason);
    }
    if (channel.responseCache().filter(CachePolicy::isEnabled).isPresent()) {
      throw new InvalidObjectException(
          "response_cache", reason + ": they would get only what is not kept");
    }
    if (DataEncoding.of(channel.dataEncoding()) != null) {
      throw new InvalidObjectException("data_encoding", reason + ", which get bytes as they are");
    }
  }
}
