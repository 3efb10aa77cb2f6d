package org.caravanserai.camel.internal;

import org.apache.camel.Consumer;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.caravanserai.camel.RouteEntry;
import org.caravanserai.camel.ServiceEntrances;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Slot;
import org.jspecify.annotations.Nullable;

/** The endpoint of one service. */
final class ServiceEndpoint extends DefaultEndpoint {

  private final Slot slot;
  private final Invoker invoker;
  private final @Nullable ServiceEntrances entrances;

  /** An endpoint that calls the service of that slot. */
  ServiceEndpoint(
      String uri,
      ServiceComponent component,
      Slot slot,
      Invoker invoker,
      @Nullable ServiceEntrances entrances) {
    super(uri, component);
    this.entrances = entrances;
    this.slot = slot;
    setExchangePattern(ExchangePattern.InOut);
    this.invoker = invoker;
  }

  @Override
  public Producer createProducer() {
    return new ServiceProducer(this, slot, invoker);
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (entrances == null) {
      throw new UnsupportedOperationException(
          "no route can start from " + getEndpointUri() + " here, a service is called");
    }
    ServiceConsumer consumer = new ServiceConsumer(this, processor);
    configureConsumer(consumer);
    entrances.add(slot.name(), new RouteEntry(consumer));
    return consumer;
  }

  @Override
  public boolean isSingletonProducer() {
    return true;
  }
}
