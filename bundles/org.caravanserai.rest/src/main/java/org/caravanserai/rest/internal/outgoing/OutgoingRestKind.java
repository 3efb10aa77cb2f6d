package org.caravanserai.rest.internal.outgoing;

import java.time.Duration;
import org.caravanserai.metrics.Metrics;
import org.caravanserai.rest.Rest;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.spi.ByteSize;
import org.caravanserai.spi.ConnectionKind;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code outgoing_rest}. */
@Component(service = ObjectKind.class, immediate = true)
public final class OutgoingRestKind implements ConnectionKind<OutgoingRest, Rest> {

  /** The kind as configuration spells it. */
  public static final String NAME = "outgoing_rest";

  private final SecurityDefinitions security;
  private final Metrics metrics;
  private final HttpClients clients = new HttpClients();

  /** A kind without connections. */
  @Activate
  public OutgoingRestKind(@Reference SecurityDefinitions security, @Reference Metrics metrics) {
    this.security = security;
    this.metrics = metrics;
  }

  /** Closes what is left of connections. */
  @Deactivate
  public void deactivate() {
    clients.close();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<OutgoingRest> type() {
    return OutgoingRest.class;
  }

  @Override
  public Class<Rest> facade() {
    return Rest.class;
  }

  @Override
  public void validate(OutgoingRest connection) throws InvalidObjectException {
    check("host", () -> Address.checkHost(connection.host()));
    check("url_path", () -> Address.parse(connection.host(), connection.urlPath()));
    check("max_response_size", () -> ByteSize.parse(connection.maxResponseSize()));
    check(
        "content_type",
        () -> connection.contentType().ifPresent(type -> Header.check("Content-Type", type)));
    if (connection.proxy().isPresent()) {
      check("proxy", () -> Address.checkHost(connection.proxy().get()));
    }
    if (!Header.isToken(connection.pingMethod())) {
      throw new InvalidObjectException("ping_method", "expected an HTTP method such as HEAD");
    }
    positive("timeout", connection.timeout());
    positive("connect_timeout", connection.connectTimeout());
    if (!connection.tlsVerify() && connection.tlsCaFile().isPresent()) {
      throw new InvalidObjectException("tls_ca_file", "makes no sense with tls_verify: false");
    }
  }

  private static void positive(String field, Duration duration) throws InvalidObjectException {
    if (duration.isNegative() || duration.isZero()) {
      throw new InvalidObjectException(field, "must be longer than 0");
    }
  }

  private static void check(String field, Runnable parsing) throws InvalidObjectException {
    try {
      parsing.run();
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException(field, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public LiveConnection<OutgoingRest, Rest> open(OutgoingRest connection) throws Exception {
    Target target = target(connection);
    return new LiveOutgoingRest(this, target, metrics.connection(NAME, connection.name()));
  }

  /** What a configuration asks for. */
  Target target(OutgoingRest connection) throws Exception {
    return new Target(connection, security, clients);
  }

  /** How many HTTP clients there are. */
  int clients() {
    return clients.size();
  }
}
