package org.caravanserai.management.internal;

import java.util.Collections;
import java.util.Dictionary;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.FrameworkUtil;

/**
 * The levels in a configuration of Log4j as Karaf keeps it: {@code log4j2.logger.KEY.name} and
 * {@code .level}.
 */
final class LogConfiguration {

  /** The name of the logger above all others. */
  static final String ROOT = "ROOT";

  private static final String LOGGERS = "log4j2.logger.";
  private static final String NAME = ".name";
  private static final String LEVEL = ".level";
  private static final String ROOT_LEVEL = "log4j2.rootLogger.level";
  private static final String USUAL = "INFO";

  private final Map<String, String> properties = new TreeMap<>();
  private final Map<String, String> keys = new TreeMap<>();

  LogConfiguration(Dictionary<String, ?> properties) {
    for (String each : Collections.list(properties.keys())) {
      String value = String.valueOf(properties.get(each)).strip();
      this.properties.put(each, value);
      if (each.startsWith(LOGGERS) && each.endsWith(NAME)) {
        keys.put(value, each.substring(0, each.length() - NAME.length()));
      }
    }
  }

  /** The levels by the names of loggers. */
  Map<String, String> levels() {
    Map<String, String> levels = new TreeMap<>();
    levels.put(ROOT, upper(properties.getOrDefault(ROOT_LEVEL, USUAL)));
    keys.forEach(
        (name, key) -> {
          String level = properties.get(key + LEVEL);
          if (level != null) {
            levels.put(name, upper(level));
          }
        });
    return levels;
  }

  /** The same with other levels for some loggers. */
  Dictionary<String, Object> with(Map<String, String> levels) {
    Map<String, Object> all = new TreeMap<>(properties);
    levels.forEach(
        (name, level) -> {
          if (name.equals(ROOT)) {
            all.put(ROOT_LEVEL, level);
            return;
          }
          String key = keys.getOrDefault(name, LOGGERS + "serai" + all.size());
          all.put(key + NAME, name);
          all.put(key + LEVEL, level);
        });
    return FrameworkUtil.asDictionary(all);
  }

  /** The level of a logger: its own, or that of the next one above it that has one. */
  static String level(Map<String, String> levels, String logger) {
    String name = logger;
    while (true) {
      String level = levels.get(name);
      if (level != null) {
        return level;
      }
      int dot = name.lastIndexOf('.');
      if (dot < 0) {
        return levels.getOrDefault(ROOT, USUAL);
      }
      name = name.substring(0, dot);
    }
  }

  private static String upper(String level) {
    return level.toUpperCase(Locale.ROOT);
  }
}
