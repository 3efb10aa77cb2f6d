package org.caravanserai.camel.internal;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.caravanserai.runtime.Invoker;

/** {@code connection:KIND/NAME}, or {@code connection:NAME}: a configured outgoing connection. */
public final class ConnectionComponent extends DefaultComponent {

  private final ConnectionProducers producers;
  private final Invoker invoker;

  /**
   * A component for a context that a bundle has made itself, which Camel finds as any other.
   *
   * @throws IllegalStateException if the server has no connections now
   */
  public ConnectionComponent() {
    this(Server.the(ConnectionProducers.class), Server.the(Invoker.class));
  }

  /** A component for one Camel context. */
  ConnectionComponent(ConnectionProducers producers, Invoker invoker) {
    this.producers = producers;
    this.invoker = invoker;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    Map<String, Object> options = Map.copyOf(parameters);
    parameters.clear();
    return new ConnectionEndpoint(uri, this, remaining, options);
  }

  ConnectionProducers producers() {
    return producers;
  }

  Invoker invoker() {
    return invoker;
  }
}
