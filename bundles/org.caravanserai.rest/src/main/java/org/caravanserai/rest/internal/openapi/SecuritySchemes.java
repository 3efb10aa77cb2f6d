package org.caravanserai.rest.internal.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.caravanserai.security.Authenticator;
import org.jspecify.annotations.Nullable;

/** Security definitions as OpenAPI has them, as far as a caller learns them from a refusal. */
final class SecuritySchemes {

  private static final String API_KEY = "ApiKey header=\"";

  private SecuritySchemes() {}

  /** A name as OpenAPI wants it. */
  static String name(Authenticator definition) {
    return definition.name().replaceAll("[^\\w.-]", "_");
  }

  /** Tells in an empty object how callers are let in. */
  static void describe(Authenticator definition, ObjectNode scheme) {
    String challenge = definition.challenge();
    if (challenge != null && challenge.startsWith(API_KEY)) {
      int end = challenge.indexOf('"', API_KEY.length());
      scheme.put("type", "apiKey").put("in", "header");
      scheme.put("name", challenge.substring(API_KEY.length(), end));
    } else {
      scheme.put("type", "http").put("scheme", scheme(challenge));
    }
  }

  private static String scheme(@Nullable String challenge) {
    if (challenge == null) {
      return "unknown";
    }
    int blank = challenge.indexOf(' ');
    return (blank < 0 ? challenge : challenge.substring(0, blank)).toLowerCase(Locale.ROOT);
  }
}
