package org.caravanserai.routes.internal;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;

/** What {@code {{placeholders}}} stand for, as the server's user has configured it. */
final class UserProperties implements PropertiesSource {

  private static final String PREFIX = "property.";

  private volatile Map<String, String> values;

  /** Those settings that begin with {@code property.}. */
  UserProperties(Map<String, ?> settings) {
    values = of(settings);
  }

  /** Takes others in their place. */
  void take(Map<String, ?> settings) {
    values = of(settings);
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
    return values.get(name);
  }
}
