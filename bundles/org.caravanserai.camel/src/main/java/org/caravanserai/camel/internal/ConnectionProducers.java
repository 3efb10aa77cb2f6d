package org.caravanserai.camel.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.camel.ConnectionProducer;
import org.caravanserai.spi.Connections;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
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
  private final BundleContext bundles;
  private @Nullable ServiceReference<Connections> reference;
  private volatile @Nullable Connections connections;

  /** Starts with none. */
  @Activate
  public ConnectionProducers(BundleContext bundles) {
    this.bundles = bundles;
  }

  /**
   * The connections of the server have come. They are not asked for yet: what keeps them waits for
   * kinds of objects, some of which wait for Camel.
   */
  @Reference(
      service = Connections.class,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public synchronized void bindConnections(ServiceReference<Connections> arrived) {
    reference = arrived;
    connections = null;
  }

  /** The connections of the server go. */
  public synchronized void unbindConnections(ServiceReference<Connections> gone) {
    if (gone.equals(reference)) {
      reference = null;
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
    Connections known = connections;
    return known == null ? find() : known;
  }

  private synchronized @Nullable Connections find() {
    if (reference != null) {
      connections = bundles.getService(reference);
    }
    return connections;
  }
}
