package org.caravanserai.camel;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes the entrances of routes that are services. */
@ConsumerType
@FunctionalInterface
public interface ServiceEntrances {

  /**
   * A route starts from {@code service:NAME}.
   *
   * @param service the name of the service
   * @param entrance sends calls through the route
   * @throws IllegalArgumentException if it can't be that service
   */
  void add(String service, RouteEntry entrance);
}
