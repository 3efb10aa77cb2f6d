package org.caravanserai.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An object in operation.
 *
 * @param <C> the record of its kind
 */
@ConsumerType
public interface LiveObject<C extends Record> extends AutoCloseable {

  /**
   * Takes over a changed configuration without a gap in operation.
   *
   * @throws Exception if that is not possible; it then goes on as before, and the message is shown
   *     as the reason
   */
  void replace(C object) throws Exception;

  /**
   * The object has been taken out of the configuration: told once, before {@link #close}. When the
   * server stops, or the object is only made inactive, nothing is told: what it keeps on a disk is
   * kept then.
   */
  default void removed() {}

  /** Ends its operation. */
  @Override
  void close();
}
