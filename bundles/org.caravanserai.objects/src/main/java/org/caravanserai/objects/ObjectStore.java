package org.caravanserai.objects;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The configured objects of the server. */
@ProviderType
public interface ObjectStore {

  /** All objects, by kind and name. Answers at once, from any thread. */
  List<ObjectInfo> list();

  /**
   * The object of that kind and name.
   *
   * @param kind the kind as configuration spells it, such as {@code channel_rest}
   * @param name its name
   */
  Optional<ObjectInfo> find(String kind, String name);

  /**
   * Reaches for the system behind a connection, on the calling thread, within the connection's own
   * time limits.
   *
   * @param kind the kind as configuration spells it, such as {@code outgoing_rest}
   * @param name its name
   * @return what became of it; empty if there is no such object
   */
  Optional<Ping> ping(String kind, String name);
}
