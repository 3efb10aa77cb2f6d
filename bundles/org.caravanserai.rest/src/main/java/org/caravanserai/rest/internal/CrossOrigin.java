package org.caravanserai.rest.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.caravanserai.http.ExchangeHttp;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.spi.InvalidObjectException;
import org.jspecify.annotations.Nullable;

/**
 * Tells browsers which scripts of other sites may call a channel and read its answers (Fetch
 * Standard, section 3.2). A site that may not is told nothing.
 */
final class CrossOrigin {

  private static final byte[] NOTHING = {};

  private final Set<String> origins;
  private final List<Suffix> suffixes;
  private final boolean anyOrigin;
  private final boolean credentials;
  private final String methods;
  private final String sent;
  private final @Nullable String exposed;
  private final String maxAge;

  /**
   * Sites of one domain.
   *
   * @param scheme the scheme with {@code ://}
   * @param rest what follows the sub-domain, from the dot on
   */
  private record Suffix(String scheme, String rest) {

    boolean matches(String origin) {
      return origin.length() > scheme.length() + rest.length()
          && origin.startsWith(scheme)
          && origin.endsWith(rest)
          && origin.indexOf('/', scheme.length()) < 0;
    }
  }

  /** What a channel says. */
  CrossOrigin(RestChannel.Cors cors, Set<String> channelMethods) {
    List<Suffix> domains = new ArrayList<>();
    Set<String> sites = new TreeSet<>();
    for (String origin : cors.allowOrigins()) {
      int star = origin.indexOf("://*.");
      if (star < 0) {
        sites.add(origin);
      } else {
        domains.add(new Suffix(origin.substring(0, star + 3), origin.substring(star + 4)));
      }
    }
    this.anyOrigin = sites.contains("*");
    this.origins = Set.copyOf(sites);
    this.suffixes = List.copyOf(domains);
    this.credentials = cors.allowCredentials();
    this.methods =
        String.join(
            ", ", cors.allowMethods().isEmpty() ? new TreeSet<>(channelMethods) : upper(cors));
    this.sent = String.join(", ", cors.allowHeaders());
    this.exposed = cors.exposeHeaders().isEmpty() ? null : String.join(", ", cors.exposeHeaders());
    this.maxAge = Long.toString(cors.maxAge().toSeconds());
  }

  private static Set<String> upper(RestChannel.Cors cors) {
    return RestRoute.methods(cors.allowMethods());
  }

  /** Refuses what browsers would not take, or what opens more than it says. */
  static void validate(RestChannel.Cors cors) throws InvalidObjectException {
    if (cors.allowOrigins().isEmpty()) {
      throw new InvalidObjectException("cors", "allow_origins: expected at least one site, or *");
    }
    for (String origin : cors.allowOrigins()) {
      if (!origin.equals("*") && !isOrigin(origin)) {
        throw new InvalidObjectException(
            "cors",
            "allow_origins: expected a site such as https://www.example.com, without a path; found "
                + origin);
      }
    }
    for (String method : cors.allowMethods()) {
      if (!RestKind.isMethod(method)) {
        throw new InvalidObjectException(
            "cors", "allow_methods: expected HTTP methods, found " + method);
      }
    }
    for (List<String> names : List.of(cors.allowHeaders(), cors.exposeHeaders())) {
      for (String name : names) {
        if (!ExchangeHttp.isToken(name)) {
          throw new InvalidObjectException("cors", "expected the name of a header, found " + name);
        }
      }
    }
    boolean open =
        List.of(cors.allowOrigins(), cors.allowHeaders(), cors.exposeHeaders()).stream()
            .anyMatch(names -> names.contains("*"));
    if (cors.allowCredentials() && open) {
      throw new InvalidObjectException(
          "cors", "allow_credentials: browsers take no * with it; name the sites and headers");
    }
  }

  private static boolean isOrigin(String origin) {
    int start = origin.startsWith("https://") ? 8 : origin.startsWith("http://") ? 7 : -1;
    if (start < 0 || start == origin.length()) {
      return false;
    }
    String host = origin.substring(origin.startsWith("*.", start) ? start + 2 : start);
    return !host.isEmpty()
        && host.chars()
            .allMatch(
                c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-.:[]".indexOf(c) >= 0);
  }

  /** Sets the headers of an answer to a request that may come from a script. */
  void apply(TrafficExchange exchange) {
    if (!anyOrigin) {
      exchange.vary("Origin");
    }
    String origin = exchange.header("Origin");
    if (origin != null && isAllowed(origin)) {
      allow(exchange, origin);
      if (exposed != null) {
        exchange.setHeader("Access-Control-Expose-Headers", exposed);
      }
    }
  }

  /** Whether a request is a browser's question before the real one. */
  static boolean isPreflight(TrafficExchange exchange) {
    return exchange.method().equals("OPTIONS")
        && exchange.header("Origin") != null
        && exchange.header("Access-Control-Request-Method") != null;
  }

  /** Answers the question of a browser before the real request: nobody need log in for it. */
  void preflight(TrafficExchange exchange) {
    exchange.vary("Access-Control-Request-Method");
    exchange.vary("Access-Control-Request-Headers");
    if (!anyOrigin) {
      exchange.vary("Origin");
    }
    String origin = exchange.header("Origin");
    if (origin != null && isAllowed(origin)) {
      allow(exchange, origin);
      exchange.setHeader("Access-Control-Allow-Methods", methods);
      if (!sent.isEmpty()) {
        exchange.setHeader("Access-Control-Allow-Headers", sent);
      }
      exchange.setHeader("Access-Control-Max-Age", maxAge);
    }
    exchange.answer(204, null, NOTHING, () -> {});
  }

  private void allow(TrafficExchange exchange, String origin) {
    exchange.setHeader("Access-Control-Allow-Origin", anyOrigin ? "*" : origin);
    if (credentials) {
      exchange.setHeader("Access-Control-Allow-Credentials", "true");
    }
  }

  private boolean isAllowed(String origin) {
    return anyOrigin
        || origins.contains(origin)
        || suffixes.stream().anyMatch(suffix -> suffix.matches(origin));
  }
}
