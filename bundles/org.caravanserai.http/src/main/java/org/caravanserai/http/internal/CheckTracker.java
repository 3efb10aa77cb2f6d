package org.caravanserai.http.internal;

import org.caravanserai.spi.ReadinessCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Tells the health of the server which checks come and go. */
@Component(service = CheckTracker.class, immediate = true)
public final class CheckTracker {

  private final HealthService health;

  /** The checks that are there already come next. */
  @Activate
  public CheckTracker(@Reference HealthService health) {
    this.health = health;
  }

  /** A check has come. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindCheck(ReadinessCheck check) {
    health.addCheck(check);
  }

  /** A check goes. */
  public void unbindCheck(ReadinessCheck check) {
    health.removeCheck(check);
  }
}
