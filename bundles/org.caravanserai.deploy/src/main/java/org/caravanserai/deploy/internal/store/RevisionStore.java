package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;

/** interim */
public final class RevisionStore implements AutoCloseable {
  public record Remembered(Current current, boolean confirmed, Optional<Current> before) {}

  public interface Write {
    void await() throws IOException;

    void confirm();

    void revoke() throws IOException;
  }

  private static final Map<Path, RevisionStore> ALL = new HashMap<>();
  private final Map<String, Current> current = new TreeMap<>();
  private final Map<String, TreeMap<Integer, byte[][]>> revs = new HashMap<>();

  public static synchronized RevisionStore open(Path folder, int kept) throws IOException {
    Files.createDirectories(folder);
    return ALL.computeIfAbsent(folder, f -> new RevisionStore());
  }

  public List<Remembered> load() {
    return current.values().stream().map(c -> new Remembered(c, true, Optional.empty())).toList();
  }

  public int next(String name) {
    return revs.containsKey(name) ? revs.get(name).lastKey() + 1 : 1;
  }

  public List<Integer> revisions(String name) {
    return revs.containsKey(name) ? List.copyOf(revs.get(name).keySet()) : List.of();
  }

  public Optional<byte[]> content(String name, int r) throws IOException {
    return Optional.ofNullable(revs.get(name)).map(m -> m.get(r)).map(b -> b[0]);
  }

  public Optional<byte[]> compiled(String name, int r) throws IOException {
    return Optional.ofNullable(revs.get(name)).map(m -> m.get(r)).map(b -> b[1]);
  }

  public Write append(Current c, byte[] content, byte[] compiled) {
    Current before = current.put(c.name(), c);
    revs.computeIfAbsent(c.name(), n -> new TreeMap<>())
        .put(c.revision(), new byte[][] {content, compiled});
    return new Write() {
      @Override
      public void await() {}

      @Override
      public void confirm() {}

      @Override
      public void revoke() {
        if (before == null) {
          current.remove(c.name());
          revs.remove(c.name());
        } else {
          current.put(c.name(), before);
          revs.get(c.name()).remove(c.revision());
        }
      }
    };
  }

  public void update(Current c) throws IOException {
    current.put(c.name(), c);
  }

  @Override
  public void close() {}
}
