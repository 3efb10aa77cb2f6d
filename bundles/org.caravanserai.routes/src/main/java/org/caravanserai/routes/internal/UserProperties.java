package org.caravanserai.routes.internal;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.spi.PropertiesSource;
import org.caravanserai.spi.UserConfiguration;
import org.jspecify.annotations.Nullable;

/** What {@code {{placeholders}}} stand for, as the server's user has configured it. */
final class UserProperties implements PropertiesSource {

  private static final String PREFIX = "property.";

  private volatile Map<String, String> values;
  private volatile @Nullable UserConfiguration files;

  /** Those settings that begin with {@code property.}. */
  UserProperties(Map<String, ?> settings) {
    values = of(settings);
  }

  /** Takes others in their place. */
  void take(Map<String, ?> settings) {
    values = of(settings);
  }

  /** The user configuration files have come; what the settings do not have is looked up there. */
  void bind(UserConfiguration arrived) {
    files = arrived;
  }

  /** They go. */
  void unbind(UserConfiguration gone) {
    if (files == gone) {
      files = null;
    }
  }

  private static Map<String, String> of(Map<String, ?> settings) {
    Map<String, String> found = new TreeMap<>();
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            found.put(key.substring(PREFIX.length()), String.valueOf(value));
          }
        });
    return found;
  }

  @Override
  public String getName() {
    return "user";
  }

  @Override
  public @Nullable String getProperty(String name) {
    String set = values.get(name);
    UserConfiguration known = files;
    return set != null || known == null ? set : known.text(name);
  }
}
