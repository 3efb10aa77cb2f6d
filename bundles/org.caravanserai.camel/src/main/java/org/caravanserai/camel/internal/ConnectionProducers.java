package org.caravanserai.camel.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.camel.ConnectionProducer;
import org.caravanserai.spi.Connections;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The open connections, and what routes do with those of each kind. */
@Component(service = ConnectionProducers.class)
public final class ConnectionProducers {

  private final Map<String, ConnectionProducer<?>> producers = new ConcurrentHashMap<>();
  private volatile @Nullable Connections connections;

  /** Starts with none. */
  @Activate
  public ConnectionProducers() {}

  /** The connections of the server have come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindConnections(Connections arrived) {
    connections = arrived;
  }

  /** The connections of the server go. */
  public void unbindConnections(Connections gone) {
    if (connections == gone) {
      connections = null;
    }
  }

  /** A kind has come. */
  @Reference(
      service = ConnectionProducer.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  public void bindProducer(ConnectionProducer<?> producer) {
    producers.put(producer.kind(), producer);
  }

  /** A kind goes. */
  public void unbindProducer(ConnectionProducer<?> producer) {
    producers.remove(producer.kind(), producer);
  }

  /** What routes do with connections of a kind; {@code null} if nothing. */
  @Nullable ConnectionProducer<?> producer(String kind) {
    return producers.get(kind);
  }

  @Nullable Connections connections() {
    return connections;
  }
}
