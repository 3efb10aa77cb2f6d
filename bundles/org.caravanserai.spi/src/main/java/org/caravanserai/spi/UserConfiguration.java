package org.caravanserai.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The user configuration files of the server.
 *
 * <p>Register it as an OSGi service, of which there is one at most.
 */
@ConsumerType
public interface UserConfiguration {

  /**
   * What a file says now; answers at once, from any thread.
   *
   * @param name the file's name without its ending
   * @return texts, numbers, booleans, lists and maps of these, unmodifiable, references resolved;
   *     {@code null} if there is no such file, or it has never been in order
   */
  @Nullable Map<String, Object> find(String name);

  /**
   * What is at a path of a file, as text.
   *
   * @param path the file's name, a dot, and the keys on the way, divided by dots
   * @return {@code null} if there is nothing, or it is a list or a mapping
   */
  default @Nullable String text(String path) {
    int dot = path.indexOf('.');
    Object found = dot < 0 ? null : find(path.substring(0, dot));
    for (int at = dot + 1; found instanceof Map<?, ?> map; ) {
      int end = path.indexOf('.', at);
      found = map.get(path.substring(at, end < 0 ? path.length() : end));
      if (end < 0) {
        return found == null || found instanceof Map || found instanceof Iterable
            ? null
            : found.toString();
      }
      at = end + 1;
    }
    return null;
  }
}
