package org.caravanserai.spi;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One of the conditions under which the server is ready to serve.
 *
 * <p>Register it as an OSGi service. Which checks must be there is a setting of the {@code http}
 * bundle, so that a part that has not started yet counts as not ready.
 */
@ConsumerType
public interface ReadinessCheck {

  /** The name of what is checked, such as {@code deploy}. */
  String name();

  /** Why it is not ready; empty when it is. Answers at once, from any thread. */
  Optional<String> reason();

  /**
   * Whether the server is not ready while there is a reason; else the reason is only told, because
   * requests are served all the same.
   */
  default boolean isRequired() {
    return true;
  }
}
