package org.caravanserai.runtime.internal;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Settings for tests: the defaults with some changed. */
final class TestSettings {

  private TestSettings() {}

  /** Names and values, in turn. */
  static RuntimeSettings with(Object... namesAndValues) {
    Map<String, Object> changed = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      changed.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return (RuntimeSettings)
        Proxy.newProxyInstance(
            TestSettings.class.getClassLoader(),
            new Class<?>[] {RuntimeSettings.class},
            (self, method, arguments) ->
                changed.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
