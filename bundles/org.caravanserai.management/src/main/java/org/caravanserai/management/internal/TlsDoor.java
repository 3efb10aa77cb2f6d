package org.caravanserai.management.internal;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.caravanserai.security.PemFiles;
import org.caravanserai.security.tls.TlsFiles;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Brings the certificate to the TLS connectors of the Jetty in which it is a handler: Pax Web makes
 * them without any, and starts its handlers before its connectors. It answers no request.
 */
final class TlsDoor extends Handler.Abstract.NonBlocking {

  private final Set<SslContextFactory.Server> factories = new CopyOnWriteArraySet<>();
  private TlsFiles.@Nullable Content current;

  /** From now on connections are made with this; those that stand go on. */
  synchronized void use(TlsFiles.Content content) throws Exception {
    current = content;
    for (SslContextFactory.Server each : factories) {
      if (each.isRunning()) {
        each.reload(factory -> configure((SslContextFactory.Server) factory, content));
      } else {
        configure(each, content);
      }
    }
  }

  private static void configure(SslContextFactory.Server factory, TlsFiles.Content content) {
    factory.setKeyStore(content.identity());
    factory.setKeyStorePassword("");
    factory.setCertAlias(PemFiles.ALIAS);
  }

  @Override
  protected synchronized void doStart() throws Exception {
    factories.clear();
    for (Connector connector : getServer().getConnectors()) {
      prepare(connector);
    }
    super.doStart();
  }

  private void prepare(Connector connector) {
    HttpConfiguration http =
        connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration();
    SecureRequestCustomizer customizer = http.getCustomizer(SecureRequestCustomizer.class);
    if (customizer == null) {
      customizer = new SecureRequestCustomizer();
      http.addCustomizer(customizer);
    }
    // Scripts and people may know the server by an address or another name.
    customizer.setSniHostCheck(false);
    SslContextFactory.Server factory = tls(connector).getSslContextFactory();
    factory.setSniRequired(false);
    TlsFiles.Content content = current;
    if (content != null) {
      configure(factory, content);
    }
    factories.add(factory);
  }

  /** That of the connector; one in clear, left by older settings of Pax Web, gets it now. */
  private static SslConnectionFactory tls(Connector connector) {
    SslConnectionFactory known = connector.getConnectionFactory(SslConnectionFactory.class);
    if (known != null) {
      return known;
    }
    SslConnectionFactory added =
        new SslConnectionFactory(new SslContextFactory.Server(), HttpVersion.HTTP_1_1.asString());
    ServerConnector clear = (ServerConnector) connector;
    clear.addFirstConnectionFactory(added);
    clear.setDefaultProtocol(added.getProtocol());
    return added;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    return false;
  }
}
