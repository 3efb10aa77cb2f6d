package org.caravanserai.deploy.internal.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.BundleChanges;
import org.caravanserai.deploy.internal.install.RevisionLabel;
import org.caravanserai.runtime.ServiceRegistry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Changes bundles while what is in them is held up. */
public final class HeldChanges implements BundleChanges {

  private final BundlePlaces places;

  /** Changes bundles in the same framework as those that have a place. */
  public HeldChanges(BundlePlaces places) {
    this.places = places;
  }

  @Override
  public List<AffectedBundle> affected(Collection<Bundle> changed) {
    return places.affected(meant(changed));
  }

  @Override
  public Optional<String> deployment(Bundle bundle) {
    return RevisionLabel.isOf(bundle)
        ? Optional.ofNullable(bundle.getHeaders().get("Serai-Deployment"))
        : BundleLocation.name(bundle.getLocation());
  }

  private List<Bundle> meant(Collection<Bundle> bundles) {
    return bundles.isEmpty() ? places.waiting() : List.copyOf(bundles);
  }

  @Override
  public void update(Bundle bundle, InputStream content, boolean refresh) throws BundleException {
    try (content) {
      held(
          List.of(bundle),
          refresh,
          () -> {
            if (refresh) {
              updateAndRefresh(bundle, content);
            } else {
              bundle.update(content);
            }
          });
    } catch (IOException e) {
      throw new BundleException("the content can't be read: " + e.getMessage(), e);
    }
  }

  /** Starts it once, at the end: calls that got in before would be inside what is refreshed. */
  private void updateAndRefresh(Bundle bundle, InputStream content) throws BundleException {
    boolean isActive = bundle.getState() == Bundle.ACTIVE;
    if (isActive) {
      bundle.stop(Bundle.STOP_TRANSIENT);
    }
    try {
      bundle.update(content);
      places.refresh(List.of(bundle));
    } finally {
      if (isActive) {
        bundle.start(Bundle.START_TRANSIENT);
      }
    }
  }

  @Override
  public void refresh(Collection<Bundle> bundles) throws BundleException {
    List<Bundle> meant = meant(bundles);
    if (!meant.isEmpty()) {
      held(meant, true, () -> places.refresh(meant));
    }
  }

  /** A change of bundles. */
  private interface Work {
    void run() throws BundleException;
  }

  private void held(List<Bundle> changed, boolean others, Work work) throws BundleException {
    List<Bundle> all = new ArrayList<>(changed);
    if (others) {
      all.addAll(places.closure(changed));
    }
    try (ServiceRegistry.Hold hold = places.hold(all)) {
      if (!places.drain(hold)) {
        throw new BundleException(
            "calls were still inside after three quarters of switch_timeout, nothing has changed;"
                + " try again, or raise switch_timeout");
      }
      Set<String> before = places.names(all);
      work.run();
      places.await(all, before);
    }
  }
}
