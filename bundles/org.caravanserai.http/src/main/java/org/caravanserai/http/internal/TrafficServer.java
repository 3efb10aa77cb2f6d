package org.caravanserai.http.internal;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.caravanserai.metrics.Metrics;
import org.caravanserai.security.tls.OwnCertificates;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The traffic listener in operation.
 *
 * <p>When the server stops, it holds back the stop of all bundles until the requests inside have
 * been answered: the framework calls synchronous listeners before it stops the first one.
 */
@Component(
    service = TrafficServer.class,
    immediate = true,
    configurationPid = "org.caravanserai.http",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpSettings.class)
public final class TrafficServer {

  private static final Logger LOG = LoggerFactory.getLogger(TrafficServer.class);

  private final BundleContext bundles;
  private final HttpSettings settings;
  private final HealthService health;
  private final JettyListener listener;
  private final Metrics metrics;
  private final List<GaugeWithCallback> gauges;
  private final @Nullable TlsListener tls;
  private final OwnCertificates.@Nullable Place certificate;
  private final SynchronousBundleListener stopListener = this::bundleChanged;

  /**
   * Opens the listener.
   *
   * @throws Exception if its port can't be opened
   */
  @Activate
  public TrafficServer(
      BundleContext bundles,
      HttpSettings settings,
      @Reference TrafficRoutesService routes,
      @Reference HealthService health,
      @Reference Metrics metrics,
      @Reference OwnCertificates certificates)
      throws Exception {
    this.bundles = bundles;
    this.settings = settings;
    this.health = health;
    ClientAddresses addresses = ClientAddresses.of(settings);
    WebSockets sockets = new WebSockets(settings);
    Front front = new Front(routes, health, addresses, sockets);
    this.listener = new JettyListener(settings, addresses, front, sockets);
    this.metrics = metrics;
    this.gauges =
        List.of(
            gauge("serai_http_requests_in_flight", "Requests inside", listener::inside),
            gauge("serai_http_connections", "Open connections", listener::connections),
            gauge("serai_http_websockets", "Open WebSockets", listener::webSockets),
            gauge(
                "serai_ready",
                "1 if the server is ready to serve, else 0",
                () -> health.ready() ? 1 : 0));
    listener.start();
    this.tls =
        settings.tls__port() < 0
            ? null
            : new TlsListener(settings, with -> listener.openTls(with, settings));
    if (tls == null) {
      certificate = null;
    } else {
      health.addCheck(tls);
      certificate = certificates.add("listener", "traffic", tls::shown);
    }
    health.listening(true);
    gauges.forEach(metrics.registry()::register);
    bundles.addBundleListener(stopListener);
    LOG.info("Traffic listener open at http://{}:{}", settings.host(), port());
  }

  private static GaugeWithCallback gauge(String name, String help, LongSupplier value) {
    return GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call((double) value.getAsLong()))
        .build();
  }

  /** The port on which it listens. */
  public int port() {
    return listener.port();
  }

  /** The port on which it listens with TLS; -1 while it does not. */
  public int tlsPort() {
    return listener.tlsPort();
  }

  private void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPING
        && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
      stopServer();
    }
  }

  private void stopServer() {
    health.stopping();
    LOG.info("Server stops: not ready, accepting requests for {} s more", settings.stop__delay());
    try {
      TimeUnit.SECONDS.sleep(settings.stop__delay());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listener.stop();
  }

  /** Closes the listener after the requests inside. */
  @Deactivate
  public void stop() {
    gauges.forEach(metrics.registry()::unregister);
    bundles.removeBundleListener(stopListener);
    health.listening(false);
    if (tls != null) {
      health.removeCheck(tls);
      tls.close();
    }
    if (certificate != null) {
      certificate.close();
    }
    listener.stop();
  }
}
