package org.caravanserai.http;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Whether the server is ready to serve. */
@ProviderType
public interface Health {

  /** Whether it is. */
  default boolean ready() {
    return reasons().isEmpty();
  }

  /** Why it is not, by the name of what is missing, in that order; empty when it is. */
  Map<String, String> reasons();
}
