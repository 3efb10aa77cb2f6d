package org.caravanserai.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The open connections of the server. All methods answer at once, from any thread. */
@ProviderType
public interface Connections {

  /**
   * An open connection.
   *
   * @param facade what services see of it
   * @param name its name
   * @return the connection as it is until it is closed; {@code null} if none is open
   */
  <F> @Nullable LiveConnection<?, F> find(Class<F> facade, String name);

  /**
   * The kinds of which a connection of that name is open, in alphabetical order.
   *
   * @param name the name
   */
  List<OpenConnection> named(String name);

  /**
   * Why no such connection is open, in words meant for callers, without what its configuration
   * says.
   *
   * @param facade what services would see of it
   * @param name its name
   */
  Absence absence(Class<?> facade, String name);

  /**
   * Why there is no such connection.
   *
   * @param state fit for callers, such as {@code Connection crm is not open: it is not active}
   * @param reason the reason as the object gives it, for the log; empty if there is none
   */
  record Absence(String state, String reason) {}

  /**
   * One of the open connections.
   *
   * @param kind its kind, such as {@code sql}
   * @param connection the connection
   */
  record OpenConnection(String kind, LiveConnection<?, ?> connection) {}
}
