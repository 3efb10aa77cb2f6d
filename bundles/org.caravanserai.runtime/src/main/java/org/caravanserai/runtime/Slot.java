package org.caravanserai.runtime;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The place of the service of one name, in which its revisions follow each other. */
@ProviderType
public interface Slot {

  /** The service's name. */
  String name();

  /** The revision that new calls enter; empty when no such service is deployed. */
  Optional<ServiceRevision> current();
}
