package org.caravanserai.http;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Whether the server is ready to serve. */
@ProviderType
public interface Health {

  /** Whether it is. */
  boolean ready();

  /**
   * Why it is not, by the name of what is missing, in that order; if it is, what it does without.
   */
  Map<String, String> reasons();
}
