package org.caravanserai.deploy.internal.compile;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileReader;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFormatException;

/** Class files read once for many compilations; also remembers which do not exist. */
final class TypeCache {

  /** Well over what a server's services refer to; reached, it starts over. */
  private static final int LIMIT = 20_000;

  private final ConcurrentMap<String, Optional<ClassFileReader>> types = new ConcurrentHashMap<>();

  /**
   * The type of that name.
   *
   * @param path the name with slashes, without {@code .class}
   */
  Optional<ClassFileReader> find(String path, ClassLoader loader) {
    Optional<ClassFileReader> known = types.get(path);
    if (known != null) {
      return known;
    }
    if (types.size() >= LIMIT) {
      types.clear();
    }
    Optional<ClassFileReader> read = read(path + ".class", loader);
    types.put(path, read);
    return read;
  }

  private static Optional<ClassFileReader> read(String resource, ClassLoader loader) {
    try (InputStream in = loader.getResourceAsStream(resource)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new ClassFileReader(in.readAllBytes(), resource.toCharArray(), true));
    } catch (IOException | ClassFormatException e) {
      // Not readable is not there: the compiler then says which type it misses.
      return Optional.empty();
    }
  }
}
