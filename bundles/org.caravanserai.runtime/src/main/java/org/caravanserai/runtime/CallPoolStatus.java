package org.caravanserai.runtime;

import org.osgi.annotation.versioning.ProviderType;

/** How the {@link CallPool} is doing, at the moment of each question. */
@ProviderType
public interface CallPoolStatus {

  /** Threads that calls may run on, as the settings say. */
  int threads();

  /** Threads that are inside calls. */
  int active();

  /** Calls that wait for a thread. */
  int queued();

  /** Threads that are still inside calls whose time ran out; they are made up for by others. */
  int stuck();
}
