package org.caravanserai.rest.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.LiveConnection;

/** The open connections of a test. */
final class OpenConnections implements Connections {

  private final Map<String, LiveConnection<?, ?>> open = new ConcurrentHashMap<>();

  void put(String name, LiveConnection<?, ?> connection) {
    open.put(name, connection);
  }

  void clear() {
    open.clear();
  }

  @Override
  @SuppressWarnings("unchecked") // A test opens connections of one facade only.
  public <F> LiveConnection<?, F> find(Class<F> facade, String name) {
    return (LiveConnection<?, F>) open.get(name);
  }

  @Override
  public List<OpenConnection> named(String name) {
    return List.of();
  }

  @Override
  public Absence absence(Class<?> facade, String name) {
    return new Absence("Connection " + name + " is not open", "");
  }
}
