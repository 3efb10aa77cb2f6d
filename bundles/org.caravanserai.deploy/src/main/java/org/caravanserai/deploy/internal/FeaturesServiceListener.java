package org.caravanserai.deploy.internal;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.DeploymentEvent;
import org.apache.karaf.features.DeploymentListener;
import org.apache.karaf.features.FeaturesService;
import org.caravanserai.deploy.internal.features.Disturbance;
import org.caravanserai.deploy.internal.features.FeaturesGuard;
import org.caravanserai.deploy.internal.features.HeldServices;
import org.caravanserai.deploy.internal.install.BundleTurn;
import org.osgi.framework.BundleContext;

/**
 * Keeps deployments out of the way while Karaf's features service installs bundles, and the service
 * from restarting what others use.
 */
final class FeaturesServiceListener implements DeploymentListener, AutoCloseable {

  private final FeaturesService features;
  private final BundleTurn turn;
  private final Optional<FeaturesGuard> guard;

  /**
   * Begins to listen.
   *
   * @param service the features service
   * @param services the services in bundles
   */
  FeaturesServiceListener(
      Object service, BundleContext context, BundleTurn turn, Supplier<HeldServices> services) {
    this.features = (FeaturesService) service;
    this.turn = turn;
    guard =
        FeaturesGuard.of(
            features,
            new Disturbance(features, context, services),
            () -> context.getServiceReference(BootFinished.class) != null,
            turn::resume);
    features.registerListener(this);
  }

  @Override
  public void deploymentEvent(DeploymentEvent event) {
    if (event == DeploymentEvent.DEPLOYMENT_STARTED) {
      turn.giveWay();
    } else if (event == DeploymentEvent.DEPLOYMENT_FINISHED) {
      turn.resume();
    }
  }

  @Override
  public void close() {
    features.unregisterListener(this);
    guard.ifPresent(FeaturesGuard::close);
    turn.resume();
  }
}
