package org.caravanserai.routes.internal;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;

/** What {@code {{placeholders}}} stand for, as the server's user has configured it. */
final class UserProperties implements PropertiesSource {

  private static final String PREFIX = "property.";

  private final Map<String, String> values = new TreeMap<>();

  /** Takes those settings that begin with {@code property.}. */
  UserProperties(Map<String, ?> settings) {
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            values.put(key.substring(PREFIX.length()), String.valueOf(value));
          }
        });
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
