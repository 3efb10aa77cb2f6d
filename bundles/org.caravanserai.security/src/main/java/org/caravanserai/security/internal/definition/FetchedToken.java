package org.caravanserai.security.internal.definition;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.caravanserai.security.CredentialsException;
import org.caravanserai.security.internal.web.WebClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token that an authorization server gives for the credentials of a client (RFC 6749, section
 * 4.4). It is fetched when it is wanted first, and again shortly before it expires; one fetch goes
 * out at a time, and who comes meanwhile gets the old token as long as that is good.
 */
final class FetchedToken implements Shown {

  private static final Logger LOG = LoggerFactory.getLogger(FetchedToken.class);

  /** What a token is good for whose server does not say. */
  private static final long DEFAULT_SECONDS = 300;

  /** How long before its end a token is fetched anew; a tenth of its life if that is less. */
  private static final Duration EARLY = Duration.ofSeconds(30);

  /** How soon a fetch that failed may be repeated. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final SecurityDefinition definition;
  private final WebClient web;
  private final Clock clock;
  private volatile @Nullable Held held;
  private @Nullable CompletableFuture<Map<String, String>> fetching;
  private @Nullable CompletableFuture<Map<String, String>> failed;
  private long failedAt;

  /**
   * A token that is there.
   *
   * @param headers the headers that carry it
   * @param refresh from when on another one is fetched, in milliseconds of the clock
   * @param end until when it is good
   */
  private record Held(CompletableFuture<Map<String, String>> headers, long refresh, long end) {}

  FetchedToken(SecurityDefinition definition, WebClient web, Clock clock) {
    this.definition = definition;
    this.web = web;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Map<String, String>> headers() {
    Held now = held;
    long time = clock.millis();
    if (now != null && time < now.refresh()) {
      return now.headers();
    }
    CompletableFuture<Map<String, String>> next = fetch();
    return now != null && time < now.end() ? now.headers() : next;
  }

  @Override
  public synchronized boolean refused(Map<String, String> headers) {
    Held now = held;
    if (now != null && headers.equals(now.headers().getNow(null))) {
      held = null;
    }
    return true;
  }

  private synchronized CompletableFuture<Map<String, String>> fetch() {
    if (fetching != null) {
      return fetching;
    }
    if (failed != null && clock.millis() - failedAt < RETRY.toMillis()) {
      return failed;
    }
    failed = null;
    CompletableFuture<Map<String, String>> result = new CompletableFuture<>();
    fetching = result;
    CompletableFuture<Void> unused =
        web.send(request())
            .handle(
                (answer, failure) -> {
                  take(result, answer, failure);
                  return null;
                });
    return result;
  }

  private HttpRequest request() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", definition.grantType());
    fields.put(definition.clientIdField(), definition.username().orElse(""));
    fields.put(definition.clientSecretField(), definition.password().orElse(""));
    if (!definition.scopes().isEmpty()) {
      fields.put("scope", String.join(" ", definition.scopes()));
    }
    fields.putAll(definition.extraFields());
    boolean json = definition.dataFormat() == SecurityDefinition.TokenFormat.JSON;
    String body = json ? JSONObjectUtils.toJSONString(fields) : form(fields);
    return web.request(URI.create(definition.authEndpoint().orElseThrow()))
        .header("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private void take(
      CompletableFuture<Map<String, String>> result,
      @Nullable HttpResponse<byte[]> answer,
      @Nullable Throwable failure) {
    Held next = null;
    String problem = "";
    try {
      if (answer == null) {
        problem = failure == null ? "no answer" : WebClient.words(failure);
      } else if (answer.statusCode() != 200) {
        problem = "it answered " + answer.statusCode();
      } else {
        next = read(new String(answer.body(), StandardCharsets.UTF_8));
      }
    } catch (ParseException | CompletionException e) {
      problem = "it answered no token";
    }
    synchronized (this) {
      fetching = null;
      if (next == null) {
        CredentialsException told =
            new CredentialsException(
                "no token for security " + definition.name() + " could be fetched: " + problem);
        LOG.warn("{} ({})", told.getMessage(), definition.authEndpoint().orElse(""));
        failed = CompletableFuture.failedFuture(told);
        failedAt = clock.millis();
        result.completeExceptionally(told);
        return;
      }
      held = next;
    }
    result.complete(next.headers().join());
  }

  private Held read(String document) throws ParseException {
    Map<String, Object> answer = JSONObjectUtils.parse(document);
    String token = JSONObjectUtils.getString(answer, "access_token");
    if (token == null || token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new ParseException("no token", 0);
    }
    long seconds = DEFAULT_SECONDS;
    if (answer.get("expires_in") instanceof Number number) {
      seconds = number.longValue();
    } else if (answer.get("expires_in") instanceof String text && text.matches("\\d{1,9}")) {
      seconds = Long.parseLong(text);
    }
    long millis = Duration.ofSeconds(Math.max(Math.min(seconds, 1_000_000_000L), 0)).toMillis();
    long now = clock.millis();
    return new Held(
        CompletableFuture.completedFuture(headers(definition, token)),
        now + millis - Math.min(EARLY.toMillis(), millis / 10),
        now + millis);
  }

  /** The header that carries a token. */
  static Map<String, String> headers(SecurityDefinition definition, String token) {
    String prefix = definition.prefix();
    return Map.of(
        definition.headerOr("Authorization"), prefix.isEmpty() ? token : prefix + " " + token);
  }
}
