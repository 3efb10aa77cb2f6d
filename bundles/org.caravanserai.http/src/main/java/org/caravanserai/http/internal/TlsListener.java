package org.caravanserai.http.internal;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.caravanserai.security.PemFiles;
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
  private static final Duration SOON = Duration.ofDays(30);
  private static final Duration REMIND = Duration.ofDays(1);

  private final TlsFiles files;
  private final Opening opening;
  private final SslContextFactory.Server tls = new SslContextFactory.Server();
  private final ScheduledExecutorService watch;
  private volatile String problem = "is not open yet";
  private TlsFiles.@Nullable Content current;
  private String seen = "";
  private Instant reminded = Instant.EPOCH;

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
   * A listener that is closed.
   *
   * @throws IllegalArgumentException if the settings make no sense; the message says why
   */
  TlsListener(HttpSettings settings, Opening opening) {
    this.files = TlsFiles.of(settings);
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
    watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "serai-tls-files");
              thread.setDaemon(true);
              return thread;
            });
    look();
    int seconds = Math.max(settings.tls__rescan(), 1);
    ScheduledFuture<?> unused =
        watch.scheduleWithFixedDelay(this::look, seconds, seconds, TimeUnit.SECONDS);
  }

  @Override
  public String name() {
    return "tls";
  }

  @Override
  public Optional<String> reason() {
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }

  /** Takes over what has changed. */
  synchronized void look() {
    try {
      String stamp = files.stamp();
      if (!stamp.equals(seen) || current == null) {
        take(stamp);
      }
      remind();
    } catch (Exception e) {
      refuse(e);
    }
  }

  private void take(String stamp) throws Exception {
    boolean again = stamp.equals(seen);
    seen = stamp;
    TlsFiles.Content content;
    try {
      content = files.read(stamp);
      if (!files.stamp().equals(stamp)) {
        // Files that are being replaced: the next look meets them whole.
        seen = "";
        return;
      }
      if (current == null) {
        configure(tls, content);
        int port = opening.open(tls);
        LOG.info("Traffic listener open with TLS at port {}", port);
      } else {
        tls.reload(factory -> configure((SslContextFactory.Server) factory, content));
      }
    } catch (Exception e) {
      if (!again) {
        refuse(e);
      }
      return;
    }
    current = content;
    problem = "";
    reminded = Instant.EPOCH;
    LOG.info(
        "TLS certificate of {} is in use; it expires at {}",
        content.shown().getSubjectX500Principal(),
        content.shown().getNotAfter().toInstant());
  }

  private static void configure(SslContextFactory.Server factory, TlsFiles.Content content) {
    factory.setKeyStore(content.identity());
    factory.setKeyStorePassword("");
    factory.setCertAlias(PemFiles.ALIAS);
    factory.setTrustStore(content.trusted());
  }

  private void refuse(Exception failure) {
    if (current == null) {
      problem = String.valueOf(failure.getMessage());
      LOG.error("The traffic listener with TLS can't open: {}", problem);
    } else {
      LOG.error("The new TLS files can't be used, the old ones stay: {}", failure.getMessage());
    }
  }

  private void remind() {
    TlsFiles.Content content = current;
    Instant now = Instant.now();
    if (content == null || now.isBefore(reminded.plus(REMIND))) {
      return;
    }
    X509Certificate shown = content.shown();
    Instant end = shown.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      LOG.error("The TLS certificate of {} has expired at {}", name(shown), end);
    } else if (now.plus(SOON).isAfter(end)) {
      LOG.warn("The TLS certificate of {} expires soon, at {}", name(shown), end);
    } else {
      return;
    }
    reminded = now;
  }

  private static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
