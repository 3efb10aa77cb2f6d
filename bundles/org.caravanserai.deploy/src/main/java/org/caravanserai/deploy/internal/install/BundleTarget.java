package org.caravanserai.deploy.internal.install;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.deploy.internal.compile.CompiledSource;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs each revision as an ordinary bundle with a location of its own.
 *
 * <p>The framework's cache is not where they are kept: bundles found there at the start are from an
 * earlier run and go.
 */
public final class BundleTarget implements InstallTarget, SynchronousBundleListener {

  private static final Logger LOG = LoggerFactory.getLogger(BundleTarget.class);

  private final BundleContext context;
  private final Map<Bundle, BundleRevision> revisions = new ConcurrentHashMap<>();
  private volatile @Nullable Listener listener;

  /** Installs through that context. */
  public BundleTarget(BundleContext context) {
    this.context = context;
  }

  /** Whether a bundle is a revision of a deployment. */
  static boolean owns(Bundle bundle) {
    return bundle.getLocation().startsWith(RevisionLabel.SCHEME);
  }

  @Override
  public void open(Listener heard) {
    for (Bundle each : context.getBundles()) {
      if (owns(each)) {
        uninstallLeftover(each);
      }
    }
    listener = heard;
    context.addBundleListener(this);
  }

  private static void uninstallLeftover(Bundle bundle) {
    try {
      bundle.uninstall();
    } catch (BundleException e) {
      LOG.warn("Bundle {} of an earlier run can't be uninstalled: {}", bundle, e.getMessage());
    }
  }

  @Override
  public InstalledRevision install(RevisionLabel label, CompiledSource source)
      throws RejectedException {
    BundleRevision revision = null;
    try {
      Bundle leftover = context.getBundle(label.location());
      if (leftover != null) {
        uninstallLeftover(leftover);
      }
      Bundle bundle =
          context.installBundle(
              label.location(), new ByteArrayInputStream(RevisionJar.of(label, source)));
      revision = new BundleRevision(label, bundle, source);
      revisions.put(bundle, revision);
      lowerStartLevel(bundle);
      revision.start(source);
      return revision;
    } catch (BundleException e) {
      throw new RejectedException(
          Stage.LINK,
          Diagnostic.error(source.fileName(), 0, 0, "can't be installed: " + e.getMessage()));
    } catch (RejectedException e) {
      Optional.ofNullable(revision).ifPresent(BundleRevision::uninstall);
      throw e;
    }
  }

  /** While the framework still climbs to its start level, a bundle above it could not start. */
  private void lowerStartLevel(Bundle bundle) {
    int own = startLevel(context.getBundle());
    if (own > 0 && startLevel(bundle) > own) {
      bundle.adapt(BundleStartLevel.class).setStartLevel(own);
    }
  }

  private static int startLevel(Bundle bundle) {
    return bundle.adapt(BundleStartLevel.class).getStartLevel();
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    Listener heard = listener;
    BundleRevision revision = revisions.get(event.getBundle());
    if (heard == null || revision == null) {
      return;
    }
    switch (event.getType()) {
      case BundleEvent.STOPPING -> {
        // When the whole framework stops, calls that are still inside end with it.
        if (!revision.ownDoing() && !frameworkStops()) {
          heard.stopping(revision);
        }
      }
      case BundleEvent.STARTED -> {
        if (!revision.ownDoing()) {
          heard.started(revision);
        }
      }
      case BundleEvent.UNINSTALLED -> revisions.remove(event.getBundle());
      default -> {}
    }
  }

  private boolean frameworkStops() {
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    return system == null || system.getState() == Bundle.STOPPING;
  }

  @Override
  public void close() {
    listener = null;
    context.removeBundleListener(this);
  }
}
