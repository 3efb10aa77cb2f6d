package org.caravanserai.objects;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The configured objects of the server.
 *
 * <p>What changes anything throws {@link ConfigurationRefusedException} when it is refused, and
 * {@link java.io.UncheckedIOException} when it can't be stored; nothing has changed then.
 */
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

  /** The kinds that this server has, in the order of exports. */
  List<KindInfo> kinds();

  /** The object of that kind and name, as it is written; empty if there is none. */
  Optional<ConfiguredObject> read(String kind, String name);

  /** The objects that name a service, by kind and name. */
  List<ObjectId> naming(String service);

  /**
   * Makes an object what a document says. It is stored when this returns, and open if that is
   * possible.
   *
   * @param document its fields, YAML or JSON; the name may be left out
   * @param condition what must be so for this to happen
   * @param detach whether an object of a file may become one of the store, which then goes first
   * @return what has become of it
   */
  ConfiguredObject put(
      String kind, String name, byte[] document, Condition condition, boolean detach);

  /**
   * Refuses what {@link #put} would refuse, and changes nothing.
   *
   * @param document its fields, YAML or JSON; the name may be left out
   * @param condition what must be so for it to happen
   * @param detach whether an object of a file may become one of the store
   */
  void check(String kind, String name, byte[] document, Condition condition, boolean detach);

  /**
   * Opens a connection that nobody else sees, reaches for the system behind it and closes it. The
   * thread that calls waits for the other system.
   *
   * @param document its fields, YAML or JSON; it need not be stored
   */
  Ping test(String kind, byte[] document);

  /**
   * Writes fields in the other form. Only their syntax is looked at.
   *
   * @param document fields of an object, YAML or JSON
   */
  WrittenForms convert(byte[] document);

  /** Takes an object of the store away. One that others refer to stays. */
  void delete(String kind, String name, Condition condition);

  /** All objects as one YAML file in its only form; secrets are references. */
  default String export() {
    return export(Optional.empty(), Optional.empty());
  }

  /**
   * The same of some objects.
   *
   * @param kind only objects of this kind
   * @param name only objects of this name
   */
  String export(Optional<String> kind, Optional<String> name);

  /**
   * Makes objects what a file says, all of them or none; those that it does not name stay.
   *
   * @param yaml the file's content
   * @param dryRun only tell what would happen
   * @param prune whether objects of the store that it does not name go
   */
  ImportResult importYaml(byte[] yaml, boolean dryRun, boolean prune);

  /** The same for a file of this machine, which may include others. */
  ImportResult importFile(Path file, boolean dryRun, boolean prune);

  /**
   * What is equal on two servers that are configured the same: {@code sha256:} and the hash of the
   * {@link #export()}.
   */
  String digest();

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
