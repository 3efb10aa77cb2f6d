package org.caravanserai.rest.internal.cache;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.caravanserai.http.TrafficExchange;
import org.jspecify.annotations.Nullable;

/**
 * What two requests have in common that get the same answer.
 *
 * @param contents what is kept together and thrown away together
 * @param text the method, the path, the query, headers, the caller and the body, so that no two
 *     different ones read the same
 */
record CacheKey(Contents contents, String text) {

  /** The headers by which a service may know who asks. */
  private static final List<String> PERSONAL = List.of("Authorization", "Cookie");

  /** What a channel keeps until it is cleared. Known by its identity. */
  static final class Contents {}

  /** The key of a request; {@code null} if its answer is for nobody else. */
  static @Nullable CacheKey of(
      Contents contents,
      CachePolicy policy,
      TrafficExchange exchange,
      Map<String, List<String>> query,
      byte @Nullable [] body) {
    boolean isGet = exchange.method().equals("GET") || exchange.method().equals("HEAD");
    if (!policy.includeBodyInKey() && (!isGet || body != null)) {
      return null;
    }
    String user = exchange.user();
    if (!policy.isSharedAcrossCallers() && user == null && isPersonal(policy, exchange)) {
      return null;
    }
    StringBuilder text = new StringBuilder(200);
    add(text, isGet ? "GET" : exchange.method());
    add(text, exchange.path());
    if (!policy.isSharedAcrossCallers()) {
      add(text, user);
      // One definition may let in many, such as all who have a token of one issuer.
      for (String name : PERSONAL) {
        String value = exchange.header(name);
        add(text, value == null ? null : Digest.of(value.getBytes(StandardCharsets.UTF_8)));
      }
    }
    for (String name : policy.varyByHeaders()) {
      add(text, exchange.header(name));
    }
    new TreeMap<>(query)
        .forEach(
            (name, values) -> {
              if (!policy.ignoredQueryParameters().contains(name)) {
                add(text, name);
                values.forEach(value -> add(text, value));
                text.append(';');
              }
            });
    if (body != null) {
      add(text, Digest.of(body));
    }
    return new CacheKey(contents, text.toString());
  }

  /** Whether a service that looks at credentials itself may answer to one person only. */
  private static boolean isPersonal(CachePolicy policy, TrafficExchange exchange) {
    for (String name : PERSONAL) {
      if (exchange.header(name) != null && !policy.variesBy(name)) {
        return true;
      }
    }
    return false;
  }

  private static void add(StringBuilder text, @Nullable String part) {
    if (part == null) {
      text.append('-');
    } else {
      text.append(part.length()).append(':').append(part);
    }
  }

  /** How many bytes of memory it takes, about. */
  int weight() {
    return 100 + 2 * text.length();
  }
}
