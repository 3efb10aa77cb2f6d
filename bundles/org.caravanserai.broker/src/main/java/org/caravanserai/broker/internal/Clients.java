package org.caravanserai.broker.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.core.security.impl.SecurityStoreImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.caravanserai.broker.ClientInfo;

/** The clients of the network. */
final class Clients {

  private final ActiveMQServer server;

  Clients(ActiveMQServer server) {
    this.server = server;
  }

  List<ClientInfo> list() {
    List<ClientInfo> all = new ArrayList<>();
    for (RemotingConnection connection : server.getRemotingService().getConnections()) {
      String user =
          sessions(connection).stream()
              .map(ServerSession::getValidatedUser)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse("");
      all.add(
          new ClientInfo(
              connection.getID().toString(),
              Objects.requireNonNullElse(connection.getClientID(), ""),
              user,
              connection.getProtocolName(),
              connection.getRemoteAddress(),
              connection.getCreationTime()));
    }
    return all;
  }

  private List<ServerSession> sessions(RemotingConnection connection) {
    return server.getSessions(connection.getID().toString());
  }

  /** Ends the connections of a security definition; what was found allowed is asked anew. */
  void disconnect(String definition) {
    SecurityStoreImpl store = (SecurityStoreImpl) server.getSecurityStore();
    store.invalidateAuthenticationCache();
    store.invalidateAuthorizationCache();
    for (RemotingConnection connection : server.getRemotingService().getConnections()) {
      boolean isTheirs =
          sessions(connection).stream()
              .anyMatch(session -> definition.equals(session.getValidatedUser()));
      if (isTheirs) {
        connection.fail(new ActiveMQSecurityException("what " + definition + " may has changed"));
      }
    }
  }
}
