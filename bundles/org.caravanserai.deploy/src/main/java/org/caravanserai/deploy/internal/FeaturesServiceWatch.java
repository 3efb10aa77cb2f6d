package org.caravanserai.deploy.internal;

import org.apache.karaf.features.DeploymentEvent;
import org.apache.karaf.features.DeploymentListener;
import org.apache.karaf.features.FeaturesService;
import org.caravanserai.deploy.internal.engine.BundleTurn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Keeps deployments out of the way while Karaf's features service installs bundles. */
@Component(service = {})
public final class FeaturesServiceWatch implements DeploymentListener {

  private final FeaturesService features;
  private final BundleTurn turn;

  /** Begins to listen; on other frameworks than Karaf this is never made. */
  @Activate
  public FeaturesServiceWatch(@Reference FeaturesService features, @Reference TurnHolder holder) {
    this.features = features;
    this.turn = holder.turn();
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

  /** Stops to listen. */
  @Deactivate
  void close() {
    features.unregisterListener(this);
    turn.resume();
  }
}
