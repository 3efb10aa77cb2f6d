package org.caravanserai.deploy.internal.install;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * The bundles of revisions, and what operators do to them.
 *
 * <p>The framework's cache is not where they are kept: bundles found there at the start are from an
 * earlier run and go.
 */
final class RevisionBundles implements SynchronousBundleListener {

  private static final Logger LOG = LoggerFactory.getLogger(RevisionBundles.class);

  private final BundleContext context;
  private final Map<Bundle, Owned> revisions = new ConcurrentHashMap<>();
  private volatile InstallTarget.@Nullable Listener listener;

  /** A revision that has a bundle. */
  interface Owned extends InstalledRevision {

    /** Whether stops and starts of the bundle are our own doing. */
    boolean ownDoing();

    /** Its bundle has lost what it was wired to. */
    void unresolved();
  }

  RevisionBundles(BundleContext context) {
    this.context = context;
  }

  /**
   * Uninstalls what an earlier run left, and begins to listen.
   *
   * @param turn waited for only if there is something to uninstall
   */
  void open(InstallTarget.Listener heard, BundleTurn turn) {
    List<Bundle> left = Arrays.stream(context.getBundles()).filter(RevisionLabel::isOf).toList();
    if (!left.isEmpty()) {
      turn.run(() -> left.forEach(RevisionBundles::uninstall));
    }
    listener = heard;
    context.addBundleListener(this);
  }

  /** Uninstalls a bundle; that it can't be is only said in the log. */
  static void uninstall(Bundle bundle) {
    try {
      if (bundle.getState() != Bundle.UNINSTALLED) {
        bundle.uninstall();
      }
    } catch (BundleException | IllegalStateException e) {
      LOG.warn("Bundle {} can't be uninstalled: {}", bundle, e.getMessage());
    }
  }

  /** Follows a bundle. While the framework climbs, a bundle above our level could not start. */
  void add(Bundle bundle, Owned revision) {
    revisions.put(bundle, revision);
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
    InstallTarget.Listener heard = listener;
    Owned revision = revisions.get(event.getBundle());
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
      case BundleEvent.UNRESOLVED -> revision.unresolved();
      case BundleEvent.UNINSTALLED -> revisions.remove(event.getBundle());
      default -> {}
    }
  }

  /** Tells that the classes of a revision are others from now on. */
  void rewired(Owned revision) {
    InstallTarget.Listener heard = listener;
    if (heard != null) {
      heard.rewired(revision);
    }
  }

  private boolean frameworkStops() {
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    return system == null || system.getState() == Bundle.STOPPING;
  }

  /** Stops to listen. */
  void close() {
    listener = null;
    context.removeBundleListener(this);
  }
}
