package org.caravanserai.deploy.internal;

import org.apache.karaf.features.DeploymentEvent;
import org.apache.karaf.features.DeploymentListener;
import org.apache.karaf.features.FeaturesService;
import org.caravanserai.deploy.internal.install.BundleTurn;

/** Keeps deployments out of the way while Karaf's features service installs bundles. */
final class FeaturesServiceListener implements DeploymentListener, AutoCloseable {

  private final FeaturesService features;
  private final BundleTurn turn;

  /**
   * Begins to listen.
   *
   * @param service the features service
   */
  FeaturesServiceListener(Object service, BundleTurn turn) {
    this.features = (FeaturesService) service;
    this.turn = turn;
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
    turn.resume();
  }
}
