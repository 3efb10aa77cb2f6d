package org.caravanserai.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The caches of the server.
 *
 * <p>Register it as an OSGi service, of which there is one at most.
 *
 * @param <C> what services see of a cache: {@code org.caravanserai.api.Cache}
 */
@ConsumerType
public interface CacheSource<C> {

  /**
   * The default cache as one caller uses it. Cheap: asked for anew by each call.
   *
   * @throws RuntimeException fit for callers, if there is none
   */
  C usual(Caller caller);

  /**
   * A cache as one caller uses it. Cheap: asked for anew by each call.
   *
   * @throws RuntimeException fit for callers, if there is none of that name
   */
  C named(String name, Caller caller);
}
