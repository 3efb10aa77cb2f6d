package org.caravanserai.runtime.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.api.ServiceException;
import org.caravanserai.spi.ConnectionSource;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.Connections.Absence;
import org.caravanserai.spi.LiveConnection;

/** Where services get their connections. */
final class ConnectionDesk {

  /** It may be in the middle of an edit, a start or a repair: nobody knows how long that takes. */
  private static final int RETRY_AFTER_SECONDS = 1;

  private static final Absence NOWHERE =
      new Absence("The connections of this server are not there yet", "");

  private final Map<Class<?>, ConnectionSource<?>> sources = new ConcurrentHashMap<>();
  private final Plugged<Connections> connections;

  ConnectionDesk(Plugged<Connections> connections) {
    this.connections = connections;
  }

  void bind(ConnectionSource<?> arrived) {
    sources.put(arrived.facade(), arrived);
  }

  void unbind(ConnectionSource<?> gone) {
    sources.remove(gone.facade(), gone);
  }

  /**
   * A connection for the time of a call.
   *
   * @throws ServiceException with status 503 if it is not open
   * @throws IllegalStateException if the call has ended
   */
  <T> T use(Class<T> facade, String name, Invocation call) {
    if (call.holdings().hasEnded()) {
      throw new IllegalStateException("The call of " + call.service() + " has ended");
    }
    Connections known = connections.find();
    LiveConnection<?, T> connection = known == null ? null : known.find(facade, name);
    if (connection != null) {
      return connection.facade(new ServiceCaller(call));
    }
    ConnectionSource<?> source = sources.get(facade);
    if (source != null) {
      Object found = source.find(name, new ServiceCaller(call));
      if (found == null) {
        throw absent(source.absence(name), call);
      }
      return facade.cast(found);
    }
    throw absent(known == null ? NOWHERE : known.absence(facade, name), call);
  }

  private static ServiceException absent(Absence absence, Invocation call) {
    call.slot()
        .logger()
        .warn(
            "{}: {}{}",
            call.cid(),
            absence.state(),
            absence.reason().isEmpty() ? "" : " (" + absence.reason() + ")");
    return new ServiceException(503, absence.state(), null, RETRY_AFTER_SECONDS);
  }
}
