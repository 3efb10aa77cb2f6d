package org.caravanserai.security.internal.definition;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.caravanserai.security.internal.limit.QuotaTiers;

/** The kind for tests. */
final class TestKinds {

  private TestKinds() {}

  /** One with its own rate limits. */
  static SecurityKind security(Handles handles) {
    return new SecurityKind(settings(Map.of()), handles, new QuotaTiers());
  }

  /** The defaults but for what is given. */
  static DefinitionSettings settings(Map<String, Object> changed) {
    return (DefinitionSettings)
        Proxy.newProxyInstance(
            TestKinds.class.getClassLoader(),
            new Class<?>[] {DefinitionSettings.class},
            (proxy, method, arguments) ->
                changed.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
