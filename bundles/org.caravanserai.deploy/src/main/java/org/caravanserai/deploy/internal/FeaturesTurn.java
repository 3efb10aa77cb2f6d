package org.caravanserai.deploy.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanserai.deploy.FeatureEffects;
import org.caravanserai.deploy.FeatureTrial;
import org.caravanserai.deploy.Insistence;
import org.caravanserai.deploy.internal.features.Consent;
import org.caravanserai.deploy.internal.features.Disturbed;
import org.caravanserai.deploy.internal.features.HeldServices;
import org.caravanserai.deploy.internal.features.RefusedChangeException;
import org.caravanserai.deploy.internal.install.BundleTurn;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * The turn that the engine shares with Karaf's features service, if there is one.
 *
 * <p>It follows the service by its name: the engine must not stop when the service goes for a
 * moment, nor need its classes on other frameworks than Karaf.
 */
@Component(service = {FeaturesTurn.class, Insistence.class, FeatureTrial.class})
public final class FeaturesTurn
    implements Insistence, FeatureTrial, ServiceTrackerCustomizer<Object, FeaturesServiceListener> {

  private static final String FEATURES_SERVICE = "org.apache.karaf.features.FeaturesService";

  private final BundleContext context;
  private final BundleTurn turn = new BundleTurn(Duration.ofMinutes(2));
  private final ServiceTracker<Object, FeaturesServiceListener> tracker;
  private volatile HeldServices services = HeldServices.NONE;

  /** Listens to the service from now on, before anybody has the turn. */
  @Activate
  public FeaturesTurn(BundleContext context) {
    this.context = context;
    this.tracker = new ServiceTracker<>(context, FEATURES_SERVICE, this);
    tracker.open();
  }

  /** The turn. */
  BundleTurn turn() {
    return turn;
  }

  /** The services in bundles, from now on. */
  void services(HeldServices known) {
    services = known;
  }

  @Override
  public <T> T insist(Callable<T> work) throws Exception {
    return Consent.FORCED.call(work);
  }

  @Override
  public FeatureEffects preview(Callable<?> work) throws Exception {
    try {
      Consent.PREVIEW.call(work);
      return new FeatureEffects(List.of(), List.of());
    } catch (RefusedChangeException e) {
      return new FeatureEffects(
          e.changes(), e.disturbed().stream().map(Disturbed::affected).toList());
    }
  }

  @Override
  public FeaturesServiceListener addingService(ServiceReference<Object> reference) {
    return new FeaturesServiceListener(
        context.getService(reference), context, turn, () -> services);
  }

  @Override
  public void modifiedService(
      ServiceReference<Object> reference, FeaturesServiceListener listener) {
    // Its properties mean nothing here.
  }

  @Override
  public void removedService(ServiceReference<Object> reference, FeaturesServiceListener listener) {
    listener.close();
    context.ungetService(reference);
  }

  /** Stops to listen. */
  @Deactivate
  void close() {
    tracker.close();
  }
}
