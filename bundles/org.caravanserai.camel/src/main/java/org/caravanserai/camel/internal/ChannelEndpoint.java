package org.caravanserai.camel.internal;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** The endpoint from which a channel's route starts. */
final class ChannelEndpoint extends DefaultEndpoint {

  private final RouteEntrance entrance;

  /** An endpoint for the route behind that entrance. */
  ChannelEndpoint(String uri, ChannelComponent component, RouteEntrance entrance) {
    super(uri, component);
    this.entrance = entrance;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("nothing can be sent to " + getEndpointUri());
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    return new ChannelConsumer(this, processor, entrance);
  }
}
