package org.caravanserai.rest.internal.outgoing;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.security.ClientIdentity;
import org.caravanserai.security.PemFiles;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP clients that connections share: one for each way of reaching others, made when it is
 * wanted first and stopped when nobody wants it any more. Their threads are shared by all.
 */
final class HttpClients implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpClients.class);

  /** Shorter than what servers keep idle connections for, so that it is we who close them. */
  private static final Duration IDLE = Duration.ofSeconds(15);

  private static final int MOST_THREADS = 200;

  private final Map<Way, Shared> clients = new HashMap<>();
  private @Nullable QueuedThreadPool threads;

  /**
   * A way of reaching others.
   *
   * @param verify whether certificates are checked
   * @param caFile the certificates that vouch for others, instead of Java's own
   * @param proxy the address of the HTTP proxy
   * @param connectTimeout how long it may take to be connected
   * @param identity the certificate that is shown; {@code null} for none
   */
  record Way(
      boolean verify,
      Optional<String> caFile,
      Optional<String> proxy,
      Duration connectTimeout,
      @Nullable ClientIdentity identity) {}

  /**
   * The pool of connections of one object; requests that carry it share connections with no other.
   */
  static final class Pool {

    private final int size;

    Pool(int size) {
      this.size = size;
    }
  }

  private static final class Shared {

    private final HttpClient client;
    private int users;

    Shared(HttpClient client) {
      this.client = client;
    }
  }

  /** The client for a way, to be given back by {@link #release}. */
  synchronized HttpClient acquire(Way way) throws Exception {
    Shared shared = clients.get(way);
    if (shared == null) {
      shared = new Shared(start(way));
      clients.put(way, shared);
    }
    shared.users++;
    return shared.client;
  }

  /** Closes the connections of a pool, and stops the client if nobody wants it any more. */
  void release(Way way, Pool pool) {
    HttpClient client;
    boolean last;
    synchronized (this) {
      Shared shared = clients.get(way);
      if (shared == null) {
        return;
      }
      client = shared.client;
      last = --shared.users == 0;
      if (last) {
        clients.remove(way);
      }
    }
    if (last) {
      stop(client);
    } else {
      client.getDestinations().stream()
          .filter(destination -> destination.getOrigin().getTag() == pool)
          .toList()
          .forEach(
              destination -> {
                client.removeDestination(destination);
                LifeCycle.stop(destination);
              });
    }
  }

  /** How many clients there are. */
  synchronized int size() {
    return clients.size();
  }

  private HttpClient start(Way way) throws Exception {
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    connector.setSslContextFactory(tls(way));
    HttpClientTransport transport = new HttpClientTransportOverHTTP(connector);
    transport.setConnectionPoolFactory(
        destination ->
            new DuplexConnectionPool(
                destination,
                destination.getOrigin().getTag() instanceof Pool pool ? pool.size : 1));
    HttpClient client = new HttpClient(transport);
    client.setName("serai-rest-client");
    client.setExecutor(threads());
    client.setConnectTimeout(way.connectTimeout().toMillis());
    client.setAddressResolutionTimeout(way.connectTimeout().toMillis());
    client.setIdleTimeout(IDLE.toMillis());
    client.setDestinationIdleTimeout(IDLE.toMillis() * 2);
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Caravanserai"));
    way.proxy().ifPresent(address -> client.getProxyConfiguration().addProxy(proxy(address)));
    client.start();
    // Whether and how answers are decoded is ours to say: its own knows no limit.
    client.getContentDecoderFactories().clear();
    // It would hold back the body of a refusal.
    client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
    return client;
  }

  private QueuedThreadPool threads() throws Exception {
    QueuedThreadPool known = threads;
    if (known == null) {
      known = new QueuedThreadPool(MOST_THREADS, 1);
      known.setName("serai-rest-client");
      known.setDaemon(true);
      known.setReservedThreads(0);
      known.start();
      threads = known;
    }
    return known;
  }

  private static HttpProxy proxy(String address) {
    URI uri = URI.create(address);
    int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    return new HttpProxy(new Origin.Address(uri.getHost(), port), "https".equals(uri.getScheme()));
  }

  private static SslContextFactory.Client tls(Way way)
      throws IOException, GeneralSecurityException {
    SslContextFactory.Client tls = new SslContextFactory.Client(!way.verify());
    ClientIdentity identity = way.identity();
    if (!way.verify()) {
      tls.setEndpointIdentificationAlgorithm(null);
    } else if (way.caFile().isPresent()) {
      tls.setTrustStore(PemFiles.certificates(way.caFile().get()));
    } else if (identity != null && identity.trusted().isPresent()) {
      tls.setTrustStore(identity.trusted().get());
    }
    if (identity != null) {
      tls.setKeyStore(identity.keys());
      tls.setKeyStorePassword("");
      tls.setCertAlias(PemFiles.ALIAS);
    }
    return tls;
  }

  @Override
  public void close() {
    Map<Way, Shared> all;
    QueuedThreadPool pool;
    synchronized (this) {
      all = Map.copyOf(clients);
      clients.clear();
      pool = threads;
      threads = null;
    }
    all.values().forEach(shared -> stop(shared.client));
    if (pool != null) {
      stop(pool);
    }
  }

  private static void stop(LifeCycle part) {
    try {
      part.stop();
    } catch (Exception e) {
      LOG.warn("{} did not stop in order: {}", part, e.toString());
    }
  }
}
