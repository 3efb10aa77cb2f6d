package org.caravanserai.routes.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.api.Http;
import org.caravanserai.http.TrafficExchange;
import org.jspecify.annotations.Nullable;

/** The HTTP side of one call of a route, which may answer with any status. */
final class HttpSide implements Http {

  /** What frames the answer is the server's own. */
  private static final Set<String> FRAMING =
      Set.of(
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "upgrade",
          "te",
          "trailer",
          "x-serai-cid");

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private final TrafficExchange exchange;
  private final Map<String, List<String>> query;
  private final Map<String, String> answerHeaders = new LinkedHashMap<>();
  private int status;
  private @Nullable String contentType;

  HttpSide(TrafficExchange exchange, Map<String, List<String>> query) {
    this.exchange = exchange;
    this.query = query;
  }

  @Override
  public String method() {
    return exchange.method();
  }

  @Override
  public String path() {
    return exchange.path();
  }

  @Override
  public Map<String, String> pathParameters() {
    return exchange.pathParameters();
  }

  @Override
  public Map<String, List<String>> query() {
    return query;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.header(name));
  }

  @Override
  public Map<String, List<String>> headers() {
    return exchange.headers();
  }

  @Override
  public String remoteAddress() {
    return exchange.remoteAddress();
  }

  @Override
  public synchronized void status(int wanted) {
    if (wanted < 200 || wanted > 599) {
      throw new IllegalArgumentException("status " + wanted + " is not within 200 to 599");
    }
    status = wanted;
  }

  @Override
  public synchronized void responseHeader(String name, String value) {
    if (!isToken(name) || !value.chars().allMatch(HttpSide::isValueCharacter)) {
      throw new IllegalArgumentException("no header of HTTP: " + name);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (FRAMING.contains(lower)) {
      throw new IllegalArgumentException(name + " is set by the server");
    }
    if (lower.equals("content-type")) {
      contentType = value;
    } else {
      answerHeaders.put(name, value);
    }
  }

  private static boolean isToken(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || TOKEN_MARKS.indexOf(c) >= 0);
  }

  private static boolean isValueCharacter(int c) {
    return c == '\t' || (c >= ' ' && c <= '~') || (c >= 0x80 && c <= 0xff);
  }

  /** The status that the route has set; another one if it has set none. */
  synchronized int statusOr(int other) {
    return status == 0 ? other : status;
  }

  /** The content type that the route has set; another one if it has set none. */
  synchronized String contentTypeOr(String other) {
    return contentType == null ? other : contentType;
  }

  /** Sets the headers of the answer. */
  synchronized void applyHeaders() {
    answerHeaders.forEach(
        (name, value) -> {
          if (name.equalsIgnoreCase("Vary")) {
            exchange.vary(value);
          } else {
            exchange.setHeader(name, value);
          }
        });
  }
}
