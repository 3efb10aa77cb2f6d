package org.caravanserai.security.internal.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a signed token (RFC 7515, RFC 7519) is right. What it said of a right one it
 * remembers until that expires or the issuer's keys change, so that a token that comes again costs
 * a look in a table.
 */
public final class JwtVerifier {

  private static final int LONGEST_TOKEN = 16 * 1024;

  private final JwtRules rules;
  private final Claims claims;
  private final IssuerKeys keys;
  private final Clock clock;
  private final DefaultJWSVerifierFactory signatures = new DefaultJWSVerifierFactory();
  private final Cache<TokenKey, CompletableFuture<JwtResult>> known;
  private volatile Object keysOfKnown;

  /**
   * A verifier that knows no token yet.
   *
   * @param rules what tokens must say
   * @param keys the keys of their issuer
   * @param remembered how many characters of right tokens are remembered at most
   * @param clock the time
   */
  public JwtVerifier(JwtRules rules, IssuerKeys keys, int remembered, Clock clock) {
    this.rules = rules;
    this.claims = new Claims(rules);
    this.keys = keys;
    this.clock = clock;
    this.keysOfKnown = keys.version();
    this.known =
        Caffeine.newBuilder()
            .maximumWeight(remembered)
            .weigher((TokenKey token, CompletableFuture<JwtResult> result) -> token.length())
            .expireAfter(
                Expiry.creating(
                    (TokenKey token, CompletableFuture<JwtResult> result) ->
                        Duration.between(clock.instant(), expires(result))))
            .executor(Runnable::run)
            .build();
  }

  private static Instant expires(CompletableFuture<JwtResult> result) {
    return result.getNow(null) instanceof JwtResult.Valid valid ? valid.expires() : Instant.MIN;
  }

  /**
   * Looks at a token. The result is there at once, unless the token's key is not known: then it
   * comes when the issuer's keys have been fetched, on a thread that must not be held up. Never
   * fails.
   */
  public CompletableFuture<JwtResult> verify(String token) {
    Object version = forgetWithdrawnKeys();
    TokenKey key = new TokenKey(token);
    CompletableFuture<JwtResult> before = recall(key);
    return before == null ? look(token, key, version) : before;
  }

  /** What a token says that was right before and still is; looks at no other. */
  public Optional<JwtResult.Valid> remembered(String token) {
    forgetWithdrawnKeys();
    CompletableFuture<JwtResult> before = recall(new TokenKey(token));
    return before != null && before.getNow(null) instanceof JwtResult.Valid valid
        ? Optional.of(valid)
        : Optional.empty();
  }

  /** A key that the issuer has withdrawn must not go on as the memory of a token. */
  private Object forgetWithdrawnKeys() {
    Object version = keys.version();
    if (version != keysOfKnown) {
      known.invalidateAll();
      keysOfKnown = version;
    }
    return version;
  }

  private @Nullable CompletableFuture<JwtResult> recall(TokenKey key) {
    CompletableFuture<JwtResult> before = known.getIfPresent(key);
    return before != null && clock.instant().isBefore(expires(before)) ? before : null;
  }

  private CompletableFuture<JwtResult> look(String token, TokenKey key, Object version) {
    if (token.length() > LONGEST_TOKEN) {
      return invalid("the token is too long");
    }
    SignedJWT parsed;
    try {
      parsed = SignedJWT.parse(token);
    } catch (ParseException | RuntimeException e) {
      return invalid("the token is no signed JWT");
    }
    JWSHeader header = parsed.getHeader();
    if (!rules.algorithms().contains(header.getAlgorithm().getName())) {
      return invalid("the token is signed by an algorithm that is not allowed here");
    }
    JwtResult result = judge(parsed);
    if (result != null) {
      return remember(key, result, version);
    }
    return keys.refresh()
        .thenApply(
            ended -> {
              Object newest = forgetWithdrawnKeys();
              JwtResult second = judge(parsed);
              if (second != null) {
                return remember(key, second, newest).join();
              }
              return keys.problem().isEmpty()
                  ? new JwtResult.Invalid("the token's key is not known")
                  : new JwtResult.Unknown("the keys of the token's issuer can't be fetched now");
            });
  }

  /** What is to be thought of it by the keys that are known; {@code null} if its key is not. */
  private @Nullable JwtResult judge(SignedJWT token) {
    JWSHeader header = token.getHeader();
    JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
    List<JWK> candidates = matcher == null ? List.of() : keys.find(matcher);
    for (JWK candidate : candidates) {
      if (isSignedBy(candidate, token)) {
        try {
          return claims.judge(Claims.of(token), clock.instant());
        } catch (ParseException e) {
          return new JwtResult.Invalid("the token's claims can't be read");
        }
      }
    }
    // Without the key's name it may be by a key that is not known yet.
    return candidates.isEmpty() || header.getKeyID() == null
        ? null
        : new JwtResult.Invalid("the token's signature is wrong");
  }

  private boolean isSignedBy(JWK key, SignedJWT token) {
    try {
      if (key instanceof OctetKeyPair edwards) {
        return EdwardsSignature.isRight(edwards, token);
      }
      return key instanceof AsymmetricJWK pair
          && token.verify(signatures.createJWSVerifier(token.getHeader(), pair.toPublicKey()));
    } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  private CompletableFuture<JwtResult> remember(TokenKey key, JwtResult result, Object version) {
    CompletableFuture<JwtResult> done = CompletableFuture.completedFuture(result);
    if (result instanceof JwtResult.Valid) {
      known.put(key, done);
      if (keys.version() != version) {
        known.invalidate(key);
      }
    }
    return done;
  }

  private static CompletableFuture<JwtResult> invalid(String reason) {
    return CompletableFuture.completedFuture(new JwtResult.Invalid(reason));
  }
}
