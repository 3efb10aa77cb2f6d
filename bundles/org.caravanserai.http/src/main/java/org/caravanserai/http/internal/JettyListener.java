package org.caravanserai.http.internal;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.gzip.GzipEncoderConfig;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Jetty server of its own, whose handlers all run on the threads that read. */
final class JettyListener {

  private static final Logger LOG = LoggerFactory.getLogger(JettyListener.class);
  private static final int BACKLOG = 4096;

  private final Server server;
  private final ServerConnector connector;
  private final GracefulHandler graceful;
  private final HttpSettings settings;
  private final WebSockets sockets;
  private volatile @Nullable ServerConnector tlsConnector;

  /** A listener that is closed. */
  JettyListener(
      HttpSettings settings, ClientAddresses addresses, Handler front, WebSockets sockets) {
    QueuedThreadPool threads = new QueuedThreadPool(settings.max__threads());
    threads.setName("http");
    server = new Server(threads);
    this.settings = settings;
    this.sockets = sockets;
    WebSocketServerComponents.ensureWebSocketComponents(server);
    connector = connector("traffic", new HttpConnectionFactory(configuration(settings)));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.max__connections(), connector));
    graceful = new GracefulHandler(compression(settings, front));
    server.setHandler(graceful);
    server.setErrorHandler(new ErrorAnswers());
    if (settings.access__log()) {
      server.setRequestLog(new AccessLog(addresses));
    }
    server.setStopTimeout(TimeUnit.SECONDS.toMillis(settings.drain__timeout()));
  }

  private ServerConnector connector(String name, ConnectionFactory... protocols) {
    ServerConnector made = new ServerConnector(server, null, null, null, -1, -1, protocols);
    made.setName(name);
    made.setIdleTimeout(TimeUnit.SECONDS.toMillis(settings.idle__timeout()));
    made.setAcceptQueueSize(BACKLOG);
    return made;
  }

  /**
   * Opens the port for connections with TLS, while the listener is open.
   *
   * @param tls what they are made with
   * @param settings where, and with which limits
   * @return the port
   * @throws Exception if it can't be opened
   */
  int openTls(SslContextFactory.Server tls, HttpSettings settings) throws Exception {
    HttpConfiguration http = configuration(settings);
    // Callers may know the server by an address or another name than its certificate's.
    http.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector made =
        connector(
            "traffic-tls",
            new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()),
            new HttpConnectionFactory(http));
    made.setHost(settings.tls__host().isBlank() ? settings.host() : settings.tls__host());
    made.setPort(settings.tls__port());
    made.addBean(new NetworkConnectionLimit(settings.max__connections(), made));
    server.addConnector(made);
    server.manage(made);
    try {
      made.start();
    } catch (Exception e) {
      server.removeConnector(made);
      throw e;
    }
    tlsConnector = made;
    return made.getLocalPort();
  }

  private static HttpConfiguration configuration(HttpSettings settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(settings.max__header__size());
    http.setResponseHeaderSize(settings.max__header__size());
    // An escaped % is data of a path parameter: it is decoded once and goes nowhere as a path.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with("serai", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
    return http;
  }

  private static Handler compression(HttpSettings settings, Handler front) {
    GzipEncoderConfig encoder = new GzipEncoderConfig();
    encoder.setCompressionLevel(settings.gzip__level());
    GzipCompression gzip = new GzipCompression();
    gzip.setMinCompressSize(settings.gzip__min__size());
    gzip.setDefaultEncoderConfig(encoder);
    CompressionConfig.Builder config = CompressionConfig.builder().defaults();
    for (String method : new String[] {"PUT", "PATCH", "DELETE"}) {
      config.decompressIncludeMethod(method).compressIncludeMethod(method);
    }
    config.decompressIncludeMethod("GET");
    if (!settings.gzip()) {
      config.compressExcludeEncoding("gzip");
    }
    CompressionHandler handler = new CompressionHandler(front);
    handler.putCompression(gzip);
    handler.putConfiguration("/", config.build());
    return handler;
  }

  /**
   * Opens it.
   *
   * @throws Exception if its port can't be opened
   */
  void start() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(JettyListener.class.getClassLoader());
    try {
      server.start();
    } finally {
      thread.setContextClassLoader(before);
    }
    if (server.getInvocationType() != InvocationType.NON_BLOCKING) {
      server.stop();
      throw new IllegalStateException("a handler of the traffic listener blocks");
    }
    sockets.start();
  }

  /** The port on which it listens. */
  int port() {
    return connector.getLocalPort();
  }

  /** The port on which it listens with TLS; -1 while it does not. */
  int tlsPort() {
    ServerConnector tls = tlsConnector;
    return tls == null ? -1 : tls.getLocalPort();
  }

  /** How many requests are inside. */
  long inside() {
    return graceful.getCurrentRequestCount();
  }

  /** How many connections are open. */
  long connections() {
    return connector.getConnectedEndPoints().size();
  }

  /** How many WebSockets are open. */
  long webSockets() {
    return sockets.count();
  }

  /**
   * Closes it: the WebSockets first, then no new connections, then the requests inside end, or are
   * cut off.
   */
  synchronized void stop() {
    if (!server.isRunning()) {
      return;
    }
    long start = System.nanoTime();
    LOG.info(
        "Traffic listener closes; requests inside: {}, WebSockets: {}", inside(), webSockets());
    try {
      // Half of the time is for the requests inside, which go on meanwhile.
      int late = sockets.goAway(Math.max(settings.drain__timeout() / 2, 1));
      if (late > 0) {
        LOG.warn("Traffic listener: {} WebSockets were cut off", late);
      }
      sockets.stop();
      server.stop();
    } catch (Exception e) {
      LOG.warn(
          "Traffic listener: {} requests were cut off after {} s",
          inside(),
          TimeUnit.MILLISECONDS.toSeconds(server.getStopTimeout()));
      return;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    LOG.info("Traffic listener closed after {} ms; all requests were answered", millis);
  }
}
