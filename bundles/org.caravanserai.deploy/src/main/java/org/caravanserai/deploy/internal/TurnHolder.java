package org.caravanserai.deploy.internal;

import java.time.Duration;
import org.caravanserai.deploy.internal.engine.BundleTurn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Shares the turn between the engine and whoever watches the features service. */
@Component(service = TurnHolder.class)
public final class TurnHolder {

  private final BundleTurn turn = new BundleTurn(Duration.ofMinutes(2));

  /** Holds a turn that is nobody's. */
  @Activate
  public TurnHolder() {}

  /** The one turn. */
  BundleTurn turn() {
    return turn;
  }
}
