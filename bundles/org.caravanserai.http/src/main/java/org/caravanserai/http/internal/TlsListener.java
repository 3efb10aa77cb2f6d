package org.caravanserai.http.internal;

import java.util.Locale;
import java.util.Optional;
import org.caravanserai.security.PemFiles;
import org.caravanserai.security.tls.TlsFiles;
import org.caravanserai.security.tls.TlsWatch;
import org.caravanserai.spi.ReadinessCheck;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener with TLS: opens when its files can be read, and takes over changed files without
 * losing a connection. Files that can't be used leave it as it is.
 */
final class TlsListener implements ReadinessCheck, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TlsListener.class);

  private final Opening opening;
  private final SslContextFactory.Server tls = new SslContextFactory.Server();
  private final TlsWatch watch;

  /** Opens the port. */
  interface Opening {
    /**
     * Opens it.
     *
     * @param tls what connections are made with
     * @return the port
     * @throws Exception if it can't be opened
     */
    int open(SslContextFactory.Server tls) throws Exception;
  }

  /**
   * A listener that opens as soon as its files can be read.
   *
   * @throws IllegalArgumentException if the settings make no sense; the message says why
   */
  TlsListener(HttpSettings settings, Opening opening) {
    TlsFiles files =
        new TlsFiles(
            settings.tls__certificate__file(),
            settings.tls__key__file(),
            settings.tls__client__ca__file());
    this.opening = opening;
    String callers = settings.tls__client__auth().strip().toLowerCase(Locale.ROOT);
    boolean asks = !files.clientCa().isEmpty();
    switch (callers) {
      case "none" -> {}
      case "want" -> tls.setWantClientAuth(asks);
      case "need" -> {
        if (!asks) {
          throw new IllegalArgumentException("tls_client_auth = need wants tls_client_ca_file");
        }
        tls.setNeedClientAuth(true);
      }
      default ->
          throw new IllegalArgumentException(
              "tls_client_auth is none, want or need, found " + callers);
    }
    tls.setSniRequired(false);
    watch = new TlsWatch("tls", "traffic", files, this::use);
    watch.start(settings.tls__rescan());
  }

  private void use(TlsFiles.Content content, boolean isFirst) throws Exception {
    if (isFirst) {
      configure(tls, content);
      int port = opening.open(tls);
      LOG.info("Traffic listener open with TLS at port {}", port);
    } else {
      tls.reload(factory -> configure((SslContextFactory.Server) factory, content));
    }
  }

  private static void configure(SslContextFactory.Server factory, TlsFiles.Content content) {
    factory.setKeyStore(content.identity());
    factory.setKeyStorePassword("");
    factory.setCertAlias(PemFiles.ALIAS);
    factory.setTrustStore(content.trusted());
  }

  @Override
  public String name() {
    return watch.name();
  }

  @Override
  public Optional<String> reason() {
    return watch.reason();
  }

  /** The certificate that callers see; {@code null} while there is none. */
  java.security.cert.@Nullable X509Certificate shown() {
    return watch.shown();
  }

  /** Takes over what has changed. */
  void look() {
    watch.look();
  }

  @Override
  public void close() {
    watch.close();
  }
}
