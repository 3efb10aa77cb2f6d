package org.caravanserai.runtime;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told which services come and go. */
@ConsumerType
@FunctionalInterface
public interface ServiceWatcher {

  /**
   * A service has come, or has gone; {@link Slot#current} says what is the case now, which may be
   * later news than this one. Nothing is told when a revision follows another.
   *
   * <p>It is told on the thread that deploys, whose deployment ends after this: be quick.
   *
   * @param slot the service's place
   */
  void changed(Slot slot);
}
