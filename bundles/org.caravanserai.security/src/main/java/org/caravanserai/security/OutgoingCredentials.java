package org.caravanserai.security;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The credentials of a security definition as this server shows them to others. */
@ProviderType
public interface OutgoingCredentials {

  /** The name of the security definition. */
  String name();

  /**
   * The headers that carry them, by name, as the definition is now; {@code null} while it is not
   * active. They are secrets: keep and log none of them.
   */
  @Nullable Map<String, String> headers();
}
