package org.caravanserai.metrics;

import org.osgi.annotation.versioning.ConsumerType;

/** Somebody who knows numbers: a service of OSGi, which is asked again and again. */
@ConsumerType
public interface NumberSource {

  /** Tells them as they are now, quickly; always on the same thread. */
  void tell(Numbers numbers);
}
