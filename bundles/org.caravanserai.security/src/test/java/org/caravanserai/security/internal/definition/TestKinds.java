package org.caravanserai.security.internal.definition;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.security.internal.certificate.CertificatePlaces;
import org.caravanserai.security.internal.limit.QuotaTiers;

/** The kind for tests. */
final class TestKinds {

  private TestKinds() {}

  /** One with its own rate limits. */
  static SecurityKind security(Handles handles) {
    return new SecurityKind(settings(Map.of()), handles, new QuotaTiers(), certificates());
  }

  /** No certificates yet. */
  static CertificatePlaces certificates() {
    return new CertificatePlaces(new MetricsComponent());
  }

  /** The defaults but for what is given. */
  static DefinitionSettings settings(Map<String, Object> changed) {
    return settings(DefinitionSettings.class, changed);
  }

  /** The defaults of some settings but for what is given. */
  static <T> T settings(Class<T> type, Map<String, Object> changed) {
    return type.cast(
        Proxy.newProxyInstance(
            TestKinds.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                changed.getOrDefault(method.getName(), method.getDefaultValue())));
  }
}
