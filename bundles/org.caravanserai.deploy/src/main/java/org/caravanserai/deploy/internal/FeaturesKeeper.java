package org.caravanserai.deploy.internal;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.karaf.features.FeaturesService;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.internal.features.FeaturesMemory;
import org.caravanserai.deploy.internal.features.FeaturesType;
import org.caravanserai.spi.ReadinessCheck;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Has features installed again that Karaf's cache has lost, once Karaf has installed those that it
 * boots with, and only then lets the server be ready.
 *
 * <p>It follows Karaf by names, as {@link FeaturesTurn} does.
 */
@Component(
    service = ReadinessCheck.class,
    immediate = true,
    configurationPid = "org.caravanserai.deploy")
public final class FeaturesKeeper
    implements ReadinessCheck, ServiceTrackerCustomizer<Object, Object> {

  private static final String BOOT_FINISHED = "org.apache.karaf.features.BootFinished";
  private static final String FEATURES_SERVICE = "org.apache.karaf.features.FeaturesService";

  private final BundleContext context;
  private final Path data;
  private final int maxSize;
  private final ServiceTracker<Object, Object> tracker;
  private final boolean karaf;
  private volatile @Nullable AutoCloseable memory;
  private volatile boolean restored;

  /** Waits for the end of Karaf's boot. */
  @Activate
  public FeaturesKeeper(BundleContext context, DeploySettings settings) {
    this.context = context;
    this.data = Path.of(settings.data());
    this.maxSize = settings.max__source__size();
    this.karaf = context.getServiceReference(FEATURES_SERVICE) != null;
    this.tracker = new ServiceTracker<>(context, BOOT_FINISHED, this);
    tracker.open();
  }

  @Override
  public Object addingService(ServiceReference<Object> reference) {
    // Not on the thread of the one who tells: it may be the one that is to install the features.
    Thread thread = new Thread(this::restore, "serai-features");
    thread.setDaemon(true);
    thread.start();
    return reference;
  }

  @Override
  public void modifiedService(ServiceReference<Object> reference, Object service) {
    // Its properties mean nothing here.
  }

  @Override
  public void removedService(ServiceReference<Object> reference, Object service) {
    // The server stops.
  }

  private void restore() {
    ServiceReference<?> reference = context.getServiceReference(FEATURES_SERVICE);
    File boot = context.getDataFile("boot-features");
    if (memory == null && reference != null && boot != null) {
      FeaturesService features = (FeaturesService) context.getService(reference);
      FeaturesMemory opened = new FeaturesMemory(features, data.resolve("features"), boot.toPath());
      memory = opened;
      opened.open();
      // Only now: what it installs would be lost among Karaf's own.
      Path base = Path.of(String.valueOf(context.getProperty("karaf.base")));
      context.registerService(
          DeployableType.class,
          new FeaturesType(features, context, base.resolve("kar"), maxSize),
          null);
    }
    restored = true;
  }

  @Override
  public String name() {
    return "features";
  }

  @Override
  public Optional<String> reason() {
    return karaf && !restored ? Optional.of("features are being installed") : Optional.empty();
  }

  /** Stops to follow. */
  @Deactivate
  void close() throws Exception {
    tracker.close();
    AutoCloseable opened = memory;
    if (opened != null) {
      opened.close();
    }
  }
}
