package org.caravanserai.camel.internal;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** The endpoint of one connection, whether or not it is open now. */
final class ConnectionEndpoint extends DefaultEndpoint {

  private final ConnectionComponent component;
  private final String kind;
  private final String name;
  private final Map<String, Object> options;

  /** An endpoint for {@code KIND/NAME}, or a name that is unique. */
  ConnectionEndpoint(
      String uri, ConnectionComponent component, String what, Map<String, Object> options) {
    super(uri, component);
    int slash = what.indexOf('/');
    this.component = component;
    this.kind = slash < 0 ? "" : what.substring(0, slash);
    this.name = what.substring(slash + 1);
    this.options = options;
  }

  @Override
  public Producer createProducer() {
    return new ConnectionSender(this, component, kind, name, options);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        "no route can start from " + getEndpointUri() + ", a connection is called");
  }

  @Override
  public boolean isLenientProperties() {
    return true;
  }

  @Override
  public boolean isSingletonProducer() {
    return true;
  }
}
