package org.caravanserai.rest.internal.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.caravanserai.security.Authenticator;

/** Security definitions as OpenAPI has them, as far as a caller learns them from a refusal. */
final class SecuritySchemes {

  private static final String API_KEY = "ApiKey header=\"";

  private SecuritySchemes() {}

  /**
   * How a definition, or a group of them, lets callers in: schemes by names as OpenAPI wants them.
   */
  static Map<String, ObjectNode> of(Authenticator definition) {
    String name = definition.name().replaceAll("[^\\w.-]", "_");
    Map<String, ObjectNode> schemes = new LinkedHashMap<>();
    for (String challenge : definition.challenges()) {
      String numbered = schemes.isEmpty() ? name : name + "-" + (schemes.size() + 1);
      schemes.put(numbered, scheme(challenge));
    }
    if (schemes.isEmpty()) {
      schemes.put(name, node().put("type", "mutualTLS"));
    }
    return schemes;
  }

  private static ObjectNode scheme(String challenge) {
    if (challenge.startsWith(API_KEY)) {
      int end = challenge.indexOf('"', API_KEY.length());
      return node()
          .put("type", "apiKey")
          .put("in", "header")
          .put("name", challenge.substring(API_KEY.length(), end));
    }
    int blank = challenge.indexOf(' ');
    String scheme = blank < 0 ? challenge : challenge.substring(0, blank);
    return node().put("type", "http").put("scheme", scheme.toLowerCase(Locale.ROOT));
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
