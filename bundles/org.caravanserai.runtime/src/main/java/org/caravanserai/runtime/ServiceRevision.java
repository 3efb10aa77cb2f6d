package org.caravanserai.runtime;

import org.osgi.annotation.versioning.ProviderType;

/** One revision of one service: an instance with its readers and writers. */
@ProviderType
public interface ServiceRevision {

  /** The service's name. */
  String service();

  /** The name of the deployment that it comes from. */
  String deployment();

  /** The number of that deployment's revision. */
  int revision();

  /**
   * Whether the service takes its input as a stream, so that a channel should not read the body
   * first.
   */
  boolean readsStream();

  /** How many calls are inside. */
  long inside();
}
