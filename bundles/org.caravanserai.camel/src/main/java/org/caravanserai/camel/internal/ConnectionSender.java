package org.caravanserai.camel.internal;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.caravanserai.api.ServiceException;
import org.caravanserai.camel.ConnectionProducer;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.Connections.OpenConnection;
import org.caravanserai.spi.LiveConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends exchanges through a connection, which is looked for each time. */
final class ConnectionSender extends DefaultProducer {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionSender.class);
  private static final int UNAVAILABLE = 503;
  private static final int RETRY_AFTER_SECONDS = 1;

  private final ConnectionComponent component;
  private final String kind;
  private final String name;
  private final Map<String, Object> options;

  /**
   * A sender.
   *
   * @param kind the kind; empty for any, if the name is unique
   */
  ConnectionSender(
      ConnectionEndpoint endpoint,
      ConnectionComponent component,
      String kind,
      String name,
      Map<String, Object> options) {
    super(endpoint);
    this.component = component;
    this.kind = kind;
    this.name = name;
    this.options = options;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    OpenConnection found = find();
    ConnectionProducer<?> producer = component.producers().producer(found.kind());
    if (producer == null) {
      throw new ServiceException(
          UNAVAILABLE, "Routes can't use connections of kind " + found.kind());
    }
    send(producer, found.connection(), exchange);
  }

  private <F> void send(
      ConnectionProducer<F> producer, LiveConnection<?, ?> connection, Exchange exchange)
      throws Exception {
    Caller caller =
        component
            .invoker()
            .outsider(ServiceProducer.cid(exchange, component.invoker()), held(exchange));
    producer.process(producer.facade().cast(connection.facade(caller)), exchange, options);
  }

  private static java.util.function.Consumer<AutoCloseable> held(Exchange exchange) {
    return resource ->
        exchange
            .getExchangeExtension()
            .addOnCompletion(
                new SynchronizationAdapter() {
                  @Override
                  public void onDone(Exchange done) {
                    try {
                      resource.close();
                    } catch (Exception e) {
                      LOG.debug("Closing failed", e);
                    }
                  }
                });
  }

  private OpenConnection find() {
    Connections known = component.producers().connections();
    List<OpenConnection> all = known == null ? List.of() : known.named(name);
    List<OpenConnection> fitting =
        kind.isEmpty() ? all : all.stream().filter(one -> one.kind().equals(kind)).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    if (fitting.isEmpty()) {
      throw new ServiceException(UNAVAILABLE, absence(known), null, RETRY_AFTER_SECONDS);
    }
    throw new IllegalArgumentException(
        "connection:%s could be of %s: say connection:KIND/%s"
            .formatted(name, fitting.stream().map(OpenConnection::kind).toList(), name));
  }

  private String absence(@org.jspecify.annotations.Nullable Connections known) {
    ConnectionProducer<?> producer = component.producers().producer(kind);
    return known == null || producer == null
        ? "Connection " + name + " is not open"
        : known.absence(producer.facade(), name).state();
  }
}
