package org.caravanserai.api;

import org.osgi.annotation.versioning.ProviderType;

/** A lock that a call holds. Close it when what it guards is done. */
@ProviderType
public interface Lock extends AutoCloseable {

  /** Its name. */
  String name();

  /**
   * Whether it is still held: not closed, and its time to live has not run out. Ask before what
   * must not be done twice.
   */
  boolean isHeld();

  /** Lets go of it. Closing again does nothing. */
  @Override
  void close();
}
