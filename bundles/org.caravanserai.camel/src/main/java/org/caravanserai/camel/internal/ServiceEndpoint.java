package org.caravanserai.camel.internal;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Slot;

/** The endpoint of one service. */
final class ServiceEndpoint extends DefaultEndpoint {

  private final Slot slot;
  private final Invoker invoker;

  /** An endpoint that calls the service of that slot. */
  ServiceEndpoint(String uri, ServiceComponent component, Slot slot, Invoker invoker) {
    super(uri, component);
    this.slot = slot;
    this.invoker = invoker;
  }

  @Override
  public Producer createProducer() {
    return new ServiceProducer(this, slot, invoker);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        "no route can start from " + getEndpointUri() + ", a service is called");
  }

  @Override
  public boolean isSingletonProducer() {
    return true;
  }
}
