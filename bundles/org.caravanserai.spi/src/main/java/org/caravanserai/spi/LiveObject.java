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

  /** Ends its operation. */
  @Override
  void close();
}
