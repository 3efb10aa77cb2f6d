package org.caravanserai.camel.internal;

import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;

/** The start of a route that is a service; who calls the service calls the route's entry. */
final class ServiceConsumer extends DefaultConsumer implements Suspendable {

  ServiceConsumer(ServiceEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
  }
}
