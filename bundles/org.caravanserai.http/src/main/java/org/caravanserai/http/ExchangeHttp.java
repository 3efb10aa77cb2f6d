package org.caravanserai.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.api.Http;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of one call: what its service or route sees of the request, and says of the answer.
 */
public class ExchangeHttp implements Http {

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
  public ExchangeHttp(TrafficExchange exchange, Map<String, List<String>> query) {
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
    if (wanted < 200 || wanted > 599) {
      throw new IllegalArgumentException("status " + wanted + " is not within 200 to 599");
    }
    status = wanted;
  }

  @Override
  public synchronized void responseHeader(String name, String value) {
    if (!isToken(name)) {
      throw new IllegalArgumentException("not the name of a header: " + name);
    }
    if (!value.chars().allMatch(ExchangeHttp::isValueCharacter)) {
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
  public synchronized void answered(int byOther) {
    status = byOther;
    contentType = null;
  }

  /** Whether a text may be the name of a header (RFC 9110, section 5.1). */
  public static boolean isToken(String name) {
    return !name.isEmpty() && name.chars().allMatch(ExchangeHttp::isTokenCharacter);
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

  /** The status that has been set; another one if none has. */
  public final int statusOr(int other) {
    return status == 0 ? other : status;
  }

  /** The content type that has been set; another one if none has. */
  public synchronized String contentTypeOr(String other) {
    return contentType == null ? other : contentType;
  }

  /** The headers that have been set, but for the content type. */
  public synchronized Map<String, String> answerHeaders() {
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
  public synchronized void applyHeaders() {
    if (answerHeaders != null) {
      answerHeaders.forEach(this::applyHeader);
    }
  }
}
