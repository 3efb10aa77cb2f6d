package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;

class LogConfigurationTest {

  private final LogConfiguration configuration =
      of(
          Map.of(
              "log4j2.rootLogger.level", "info",
              "log4j2.logger.shop.name", "com.example.shop",
              "log4j2.logger.shop.level", "WARN",
              "log4j2.logger.plain.name", "com.example.plain"));

  private static LogConfiguration of(Map<String, Object> properties) {
    return new LogConfiguration(FrameworkUtil.asDictionary(properties));
  }

  private static Map<String, String> levels(Dictionary<String, ?> properties) {
    Map<String, Object> all = new TreeMap<>();
    Collections.list(properties.keys()).forEach(key -> all.put(key, properties.get(key)));
    return of(all).levels();
  }

  @Test
  void aLoggerHasItsOwnLevelOrTheOneAboveIt() {
    Map<String, String> levels = configuration.levels();

    assertThat(levels).isEqualTo(Map.of("ROOT", "INFO", "com.example.shop", "WARN"));
    assertThat(LogConfiguration.level(levels, "com.example.shop.Orders")).isEqualTo("WARN");
    assertThat(LogConfiguration.level(levels, "com.example.shopping")).isEqualTo("INFO");
    assertThat(LogConfiguration.level(levels, "ROOT")).isEqualTo("INFO");
  }

  @Test
  void otherLevelsGoOverThoseOfTheConfiguration() {
    Map<String, String> wanted =
        Map.of("ROOT", "WARN", "com.example.shop", "DEBUG", "a", "TRACE", "b", "ERROR");

    assertThat(levels(configuration.with(wanted))).isEqualTo(wanted);
  }

  @Test
  void withoutOtherLevelsItIsWhatItWas() {
    assertThat(levels(configuration.with(Map.of()))).isEqualTo(configuration.levels());
  }
}
