package org.caravanserai.objects.internal.kind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.spi.Connections.OpenConnection;
import org.caravanserai.spi.LiveConnection;
import org.jspecify.annotations.Nullable;

/** The connections that are open, by what services see of them and by name. */
public final class OpenConnections {

  private final Map<Key, Entry> open = new ConcurrentHashMap<>();
  private final Map<String, List<OpenConnection>> byName = new ConcurrentHashMap<>();
  private final Map<String, Class<?>> kinds = new ConcurrentHashMap<>();

  /** Starts with none. */
  public OpenConnections() {}

  /** A kind of connections has come. */
  public void kindCame(String kind, Class<?> facade) {
    kinds.put(kind, facade);
  }

  /** A kind of connections has gone. */
  public void kindWent(String kind) {
    kinds.remove(kind);
  }

  /** The kinds whose connections services see in that way, in alphabetical order. */
  public List<String> kinds(Class<?> facade) {
    return kinds.entrySet().stream()
        .filter(kind -> kind.getValue() == facade)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /**
   * A connection is open.
   *
   * @throws IllegalStateException if services could not tell it from another one
   */
  <F> void opened(Class<F> facade, ObjectKey key, LiveConnection<?, F> live) {
    Entry other = open.putIfAbsent(new Key(facade, key.name()), new Entry(key, live));
    if (other != null) {
      throw new IllegalStateException(
          other.object() + " is seen by services in the same way and has the same name");
    }
    byName.merge(
        key.name(), List.of(new OpenConnection(key.kind(), live)), OpenConnections::joined);
  }

  private static List<OpenConnection> joined(List<OpenConnection> some, List<OpenConnection> more) {
    List<OpenConnection> all = new ArrayList<>(some);
    all.addAll(more);
    all.sort(Comparator.comparing(OpenConnection::kind));
    return List.copyOf(all);
  }

  /** A connection is about to close. */
  void closed(Class<?> facade, String name, LiveConnection<?, ?> live) {
    open.remove(new Key(facade, name));
    byName.computeIfPresent(
        name,
        (same, all) -> {
          List<OpenConnection> left =
              all.stream().filter(each -> each.connection() != live).toList();
          return left.isEmpty() ? null : left;
        });
  }

  /** An open connection; {@code null} if there is none. */
  @SuppressWarnings("unchecked") // it was put in by the class of its facade
  public <F> @Nullable LiveConnection<?, F> find(Class<F> facade, String name) {
    Entry entry = open.get(new Key(facade, name));
    return entry == null ? null : (LiveConnection<?, F>) entry.live();
  }

  /** The open connections of a name. */
  public List<OpenConnection> named(String name) {
    return byName.getOrDefault(name, List.of());
  }

  private record Key(Class<?> facade, String name) {}

  private record Entry(ObjectKey object, LiveConnection<?, ?> live) {}
}
