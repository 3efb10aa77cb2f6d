package org.caravanserai.security.internal.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.caravanserai.security.internal.web.WebClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an issuer of tokens, by its JWKS document (RFC 7517). Keys stay until others
 * have been fetched: an issuer that is away for a while changes nothing for keys that are known.
 */
public final class IssuerKeys {

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  /** How soon a fetch that failed may be repeated. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final URI url;
  private final WebClient web;
  private final Duration pause;
  private final Duration maxAge;
  private final Clock clock;
  private volatile State state = new State(new JWKSet(), Long.MIN_VALUE, "not fetched yet");
  private @Nullable CompletableFuture<Boolean> fetching;
  private long lastFetch = Long.MIN_VALUE;

  /**
   * Keys as they are now.
   *
   * @param keys the keys
   * @param fetched when, in milliseconds of the clock
   * @param problem why the last fetch failed; empty if it did not
   */
  private record State(JWKSet keys, long fetched, String problem) {}

  /**
   * Keys that have not been fetched.
   *
   * @param url where the document is
   * @param web how it is fetched
   * @param pause how long to wait at least between two fetches
   * @param maxAge from when on keys are fetched anew
   * @param clock the time
   */
  public IssuerKeys(URI url, WebClient web, Duration pause, Duration maxAge, Clock clock) {
    this.url = url;
    this.web = web;
    this.pause = pause;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /** The keys that a token may have been signed by. Old ones are replaced later, in passing. */
  List<JWK> find(JWKMatcher matcher) {
    State now = state;
    if (now.fetched() != Long.MIN_VALUE && clock.millis() - now.fetched() > maxAge.toMillis()) {
      CompletableFuture<Boolean> unused = refresh();
    }
    return new JWKSelector(matcher).select(now.keys());
  }

  /** Changes whenever the keys do. */
  Object version() {
    return state.keys();
  }

  /** Why the keys could not be fetched last time; empty if they could. */
  String problem() {
    return state.problem();
  }

  /**
   * Fetches the keys anew, unless that was done a short while ago; however many ask, one fetch goes
   * out.
   *
   * @return whether a fetch has ended; {@code false} if it is too early for one
   */
  public synchronized CompletableFuture<Boolean> refresh() {
    if (fetching != null) {
      return fetching;
    }
    long now = clock.millis();
    Duration least = state.problem().isEmpty() || pause.compareTo(RETRY) < 0 ? pause : RETRY;
    if (lastFetch != Long.MIN_VALUE && now - lastFetch < least.toMillis()) {
      return CompletableFuture.completedFuture(false);
    }
    lastFetch = now;
    CompletableFuture<Boolean> fetch = new CompletableFuture<>();
    fetching = fetch;
    CompletableFuture<Void> unused =
        web.send(web.request(url).build())
            .thenApply(IssuerKeys::read)
            .handle(
                (keys, failure) -> {
                  fetched(keys, failure);
                  fetch.complete(true);
                  return null;
                });
    return fetch;
  }

  private static JWKSet read(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 200) {
      throw new CompletionException(new IOException("it answered " + answer.statusCode()));
    }
    try {
      JWKSet all = JWKSet.parse(new String(answer.body(), StandardCharsets.UTF_8));
      return all.toPublicJWKSet();
    } catch (ParseException | RuntimeException e) {
      throw new CompletionException(new IOException("it answered no JSON Web Key Set"));
    }
  }

  private synchronized void fetched(@Nullable JWKSet keys, @Nullable Throwable failure) {
    fetching = null;
    State before = state;
    if (keys == null) {
      String problem = failure == null ? "no answer" : WebClient.words(failure);
      state = new State(before.keys(), before.fetched(), problem);
      if (!problem.equals(before.problem())) {
        LOG.warn(
            "The keys of tokens at {} can't be fetched: {}; {} known keys stay",
            url,
            problem,
            before.keys().size());
      }
      return;
    }
    boolean same = keys.toString().equals(before.keys().toString());
    state = new State(same ? before.keys() : keys, clock.millis(), "");
    if (!same) {
      LOG.info("Fetched the keys of tokens at {}: {}", url, keys.size());
    }
  }
}
