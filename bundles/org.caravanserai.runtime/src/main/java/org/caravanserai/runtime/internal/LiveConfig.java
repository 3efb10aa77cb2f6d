package org.caravanserai.runtime.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.Config;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.internal.binding.Binding;
import org.jspecify.annotations.Nullable;

/**
 * A user configuration file as it was at some time.
 *
 * @param name its name
 * @param values all of it
 * @param binding knows the classes of the service that asks
 */
record LiveConfig(String name, Map<String, Object> values, Binding binding) implements Config {

  @Override
  public boolean has(String path) {
    return find(path) != null;
  }

  @Override
  public <T> T get(String path, Class<T> type) {
    Object found = find(path);
    if (found == null) {
      throw new IllegalStateException("user configuration " + name + ": " + path + ": missing");
    }
    return convert(path, found, type);
  }

  @Override
  public <T> T get(String path, Class<T> type, T otherwise) {
    Object found = find(path);
    return found == null ? otherwise : convert(path, found, type);
  }

  @Override
  public <T> T as(Class<T> type) {
    return convert("", values, type);
  }

  private @Nullable Object find(String path) {
    Object found = values;
    for (String key : path.split("\\.", -1)) {
      if (found instanceof Map<?, ?> map) {
        found = map.get(key);
      } else if (found instanceof List<?> list && isIndex(key, list)) {
        found = list.get(Integer.parseInt(key));
      } else {
        return null;
      }
    }
    return found;
  }

  private static boolean isIndex(String key, List<?> list) {
    return key.matches("\\d{1,9}") && Integer.parseInt(key) < list.size();
  }

  private <T> T convert(String path, Object found, Class<T> type) {
    String misfit;
    try {
      T value = binding.fromText(found, type);
      if (value != null) {
        return value;
      }
      misfit = "missing";
    } catch (ServiceException e) {
      misfit = e.details();
    } catch (IOException e) {
      misfit = String.valueOf(e.getMessage());
    }
    throw new IllegalStateException(
        "user configuration " + name + ": " + (path.isEmpty() ? "" : path + ": ") + misfit);
  }

  /** Not what it says: that may be secret. */
  @Override
  public String toString() {
    return "Config[" + name + "]";
  }
}
