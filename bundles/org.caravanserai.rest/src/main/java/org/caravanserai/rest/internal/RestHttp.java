package org.caravanserai.rest.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.api.Http;
import org.caravanserai.http.TrafficExchange;
import org.jspecify.annotations.Nullable;

/** The HTTP side of one call, as the service sees it. */
final class RestHttp implements Http {

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
  private volatile int status;
  private @Nullable Map<String, String> answerHeaders;
  private @Nullable String contentType;

  /** The HTTP side of an exchange whose query has been decoded. */
  RestHttp(TrafficExchange exchange, Map<String, List<String>> query) {
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
  public void status(int wanted) {
    if (wanted < 200 || wanted > 399) {
      throw new IllegalArgumentException(
          "status " + wanted + " is not within 200 to 399; throw a ServiceException for an error");
    }
    status = wanted;
  }

  @Override
  public synchronized void responseHeader(String name, String value) {
    if (!isToken(name)) {
      throw new IllegalArgumentException("not the name of a header: " + name);
    }
    if (!value.chars().allMatch(RestHttp::isValueCharacter)) {
      throw new IllegalArgumentException(
          "the value of " + name + " has a character that no header may have");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (FRAMING.contains(lower)) {
      throw new IllegalArgumentException(name + " is set by the server");
    }
    if (lower.equals("content-type")) {
      contentType = value;
      return;
    }
    Map<String, String> headers = answerHeaders;
    if (headers == null) {
      headers = new LinkedHashMap<>();
      answerHeaders = headers;
    }
    headers.put(name, value);
  }

  /** The status is that of another system, whose answer goes back: no content type is set. */
  synchronized void answered(int byOther) {
    status = byOther;
    contentType = null;
  }

  /** Whether a text may be the name of a header (RFC 9110, section 5.1). */
  static boolean isToken(String name) {
    return !name.isEmpty() && name.chars().allMatch(RestHttp::isTokenCharacter);
  }

  private static boolean isTokenCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }

  private static boolean isValueCharacter(int c) {
    return c == '\t' || (c >= ' ' && c <= '~') || (c >= 0x80 && c <= 0xff);
  }

  /** The status that the service has set; another one if it has set none. */
  int statusOr(int other) {
    return status == 0 ? other : status;
  }

  /** The content type that the service has set; another one if it has set none. */
  synchronized String contentTypeOr(String other) {
    return contentType == null ? other : contentType;
  }

  /** The headers that the service has set, but for the content type. */
  synchronized Map<String, String> answerHeaders() {
    return answerHeaders == null ? Map.of() : Map.copyOf(answerHeaders);
  }

  private void applyHeader(String name, String value) {
    if (name.equalsIgnoreCase("Vary")) {
      exchange.vary(value);
    } else {
      exchange.setHeader(name, value);
    }
  }

  /** Sets the headers of the answer. */
  synchronized void applyHeaders() {
    if (answerHeaders != null) {
      answerHeaders.forEach(this::applyHeader);
    }
  }
}
