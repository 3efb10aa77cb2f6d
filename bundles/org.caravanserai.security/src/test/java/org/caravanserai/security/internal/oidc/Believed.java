package org.caravanserai.security.internal.oidc;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.caravanserai.security.internal.jwt.Issuer;

/** Makes users of an issuer as the container does, from a few settings. */
public final class Believed {

  private Believed() {}

  /** The users of an issuer, whose group {@code ops} is {@code operator}. */
  public static OidcUsers users(Issuer issuer) {
    try {
      return new OidcUsers(settings(issuer, Map.of("roles", new String[] {"ops=operator"})));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static OidcUsers users(Issuer issuer, Clock clock, Map<String, Object> more) {
    try {
      return new OidcUsers(settings(issuer, more), clock);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OidcSettings settings(Issuer issuer, Map<String, Object> more) {
    Map<String, Object> values =
        new HashMap<>(
            Map.of(
                "issuer",
                Issuer.NAME,
                "jwks__url",
                issuer.keys().toString(),
                "audience",
                new String[] {"orders"},
                "timeout",
                20_000));
    values.putAll(more);
    return (OidcSettings)
        Proxy.newProxyInstance(
            OidcSettings.class.getClassLoader(),
            new Class<?>[] {OidcSettings.class, Annotation.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
