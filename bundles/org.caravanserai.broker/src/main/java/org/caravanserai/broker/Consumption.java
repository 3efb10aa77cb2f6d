package org.caravanserai.broker;

import org.osgi.annotation.versioning.ProviderType;

/** Somebody's consuming from a queue. */
@ProviderType
public interface Consumption extends AutoCloseable {

  /** The receiver that had refused a message may take one now. */
  void resume();

  /** Ends it; see {@link Broker#consume}. Closing again does nothing. */
  @Override
  void close();
}
