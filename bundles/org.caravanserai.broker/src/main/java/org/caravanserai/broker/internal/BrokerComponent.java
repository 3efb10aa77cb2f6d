package org.caravanserai.broker.internal;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerAccess;
import org.caravanserai.security.tls.TlsFiles;
import org.caravanserai.security.tls.TlsWatch;
import org.caravanserai.spi.ReadinessCheck;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the broker beside the rest of the server, and ends it after its users. */
@Component(
    service = ReadinessCheck.class,
    immediate = true,
    configurationPid = "org.caravanserai.broker",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BrokerSettings.class)
public final class BrokerComponent implements ReadinessCheck {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerComponent.class);

  private static final long LOOK_MILLIS = 1000;

  private final BundleContext bundles;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final BrokerOptions options;
  private final @Nullable TlsWatch tls;
  private @Nullable Thread keeper;
  private @Nullable CurrentKey key;
  private volatile @Nullable BrokerAccess access;
  private volatile String problem = "starts";
  private @Nullable EmbeddedBroker broker;
  private @Nullable ServiceRegistration<Broker> registration;

  /** Begins to start the broker. */
  @Activate
  public BrokerComponent(BundleContext bundles, BrokerSettings settings) {
    this.bundles = bundles;
    options = BrokerOptions.of(settings);
    if (settings.tls__certificate__file().isBlank()) {
      tls = null;
      begin(null);
    } else {
      TlsFiles files =
          new TlsFiles(settings.tls__certificate__file(), settings.tls__key__file(), "");
      tls = new TlsWatch("broker-tls", "broker", files, this::use);
      tls.start(settings.tls__rescan());
    }
  }

  private void use(TlsFiles.Content content, boolean isFirst) throws GeneralSecurityException {
    CurrentKey known = key;
    if (known != null && !isFirst) {
      known.change(content.identity());
      return;
    }
    CurrentKey first = new CurrentKey(content.identity());
    key = first;
    begin(first.context());
  }

  private synchronized void begin(@Nullable SSLContext context) {
    Thread thread = new Thread(() -> keep(context), "serai-broker-keeper");
    thread.setDaemon(true);
    keeper = thread;
    thread.start();
  }

  /** A broker whose disk has failed ends; when there is room again it goes on where it was. */
  private void keep(@Nullable SSLContext context) {
    do {
      if (broker == null) {
        start(context);
      } else if (!broker.isRunning()) {
        problem = "its disk has failed";
        LOG.error("The broker has ended since its disk failed; it is started anew");
        end();
      }
    } while (!isToEnd());
    end();
  }

  /** Whether it is to end, which it waits for until the next look. */
  private boolean isToEnd() {
    try {
      return ending.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Who may use the broker is asked of somebody from now on. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindAccess(BrokerAccess asked) {
    access = asked;
  }

  /** Nobody may use it. */
  public void unbindAccess(BrokerAccess gone) {
    if (access == gone) {
      access = null;
    }
  }

  private void start(@Nullable SSLContext context) {
    try {
      long begin = System.nanoTime();
      EmbeddedBroker started = EmbeddedBroker.start(options, context, () -> access);
      broker = started;
      registration = bundles.registerService(Broker.class, started, null);
      problem = "";
      LOG.info(
          "Broker open at port {} after {} ms",
          started.port(),
          (System.nanoTime() - begin) / 1_000_000);
    } catch (Exception | LinkageError e) {
      String reason = "did not start: " + e.getMessage();
      if (!reason.equals(problem)) {
        LOG.error("The broker did not start, and is tried again", e);
      }
      problem = reason;
    }
  }

  private void end() {
    if (registration != null) {
      registration.unregister();
      registration = null;
    }
    if (broker != null) {
      broker.close();
      broker = null;
    }
  }

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public Optional<String> reason() {
    Optional<String> files = tls == null ? Optional.empty() : tls.reason();
    return files.isPresent() || problem.isEmpty() ? files : Optional.of(problem);
  }

  /** Ends the broker, after all who use it. */
  @Deactivate
  public void stop() throws InterruptedException {
    if (tls != null) {
      tls.close();
    }
    Thread thread;
    synchronized (this) {
      problem = "stops";
      thread = keeper;
      ending.countDown();
    }
    if (thread != null) {
      thread.join();
    }
  }
}
