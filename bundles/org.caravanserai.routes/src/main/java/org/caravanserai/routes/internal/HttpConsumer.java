package org.caravanserai.routes.internal;

import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.support.DefaultConsumer;

/** The start of a route at a path of the traffic listener; requests come through its entry. */
final class HttpConsumer extends DefaultConsumer implements PlatformHttpConsumer, Suspendable {

  HttpConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
  }

  @Override
  public PlatformHttpEndpoint getEndpoint() {
    return (PlatformHttpEndpoint) super.getEndpoint();
  }
}
