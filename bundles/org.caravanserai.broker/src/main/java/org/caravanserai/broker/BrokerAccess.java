package org.caravanserai.broker;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Who may use the broker over the network, and for what. Register it as an OSGi service; while
 * there is none, nobody may.
 *
 * <p>All methods answer at once, from any thread.
 */
@ConsumerType
public interface BrokerAccess {

  /**
   * Whose a user name and password are.
   *
   * @return the name of the security definition; {@code null} if they are wrong
   */
  @Nullable String authenticate(String user, String password);

  /**
   * Somebody has been turned away who showed a wrong user name or password.
   *
   * @param user the user name
   * @param address where the client is
   */
  default void refused(String user, String address) {}

  /** Whether a security definition may publish to a topic or queue. */
  boolean mayPublish(String definition, String address);

  /** Whether a security definition may receive what is published to a topic or queue. */
  boolean maySubscribe(String definition, String address);
}
