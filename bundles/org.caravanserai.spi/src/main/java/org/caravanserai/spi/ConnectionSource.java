package org.caravanserai.spi;

import org.caravanserai.spi.Connections.Absence;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Connections that services get by name and that are no configured objects, such as the routes of a
 * deployment.
 *
 * <p>Register it as an OSGi service.
 *
 * @param <F> what services see of a connection
 */
@ConsumerType
public interface ConnectionSource<F> {

  /** The interface that services see. */
  Class<F> facade();

  /**
   * A connection as one caller uses it. Cheap: asked for anew by each call.
   *
   * @param name its name
   * @param caller who uses it
   * @return {@code null} if there is none of that name
   */
  @Nullable F find(String name, Caller caller);

  /** Why there is none of that name. */
  Absence absence(String name);
}
