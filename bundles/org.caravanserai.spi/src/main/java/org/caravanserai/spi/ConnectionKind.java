package org.caravanserai.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of object through which services and routes reach another system.
 *
 * <p>Register it as an OSGi service of {@link ObjectKind}, as any other kind. A service gets an
 * object of it, once it is open, from {@code Context.connection(facade, name)}.
 *
 * @param <C> the record
 * @param <F> what services see of a connection
 */
@ConsumerType
public interface ConnectionKind<C extends Record, F> extends ObjectKind<C> {

  /** The interface that services see; one name stands for one open connection of it. */
  Class<F> facade();

  /**
   * Opens a connection. It need not reach the other system: a connection whose system is away is
   * open, its calls fail and {@link LiveConnection#ping} says why.
   *
   * @throws Exception if it can't be opened now; its message is shown as the reason
   */
  @Override
  LiveConnection<C, F> open(C object) throws Exception;
}
