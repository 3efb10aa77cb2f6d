package org.caravanserai.security.internal.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanserai.security.internal.web.WebClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JwtVerifierTest {

  private static final RSAKey FIRST = Issuer.key("first");
  private static final RSAKey SECOND = Issuer.key("second");
  private static final JwtRules RULES =
      rules(Optional.of(Issuer.NAME), List.of("orders", "invoices"), Map.of());

  private final Issuer issuer = new Issuer(FIRST);
  private final ManualClock clock = new ManualClock(Instant.now());
  private final JwtVerifier verifier = verifier(RULES);

  private static JwtRules rules(
      Optional<String> issuer, List<String> audience, Map<String, String> claims) {
    return new JwtRules(
        issuer, audience, claims, Set.of("RS256", "PS256", "ES256"), Duration.ofSeconds(30));
  }

  private JwtVerifier verifier(JwtRules rules) {
    try {
      WebClient web = WebClient.of(Optional.empty(), Duration.ofSeconds(20));
      IssuerKeys keys =
          new IssuerKeys(issuer.keys(), web, Duration.ofSeconds(10), Duration.ofMinutes(5), clock);
      return new JwtVerifier(rules, keys, 100_000, clock);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  private static JwtResult of(JwtVerifier verifier, String token) {
    return verifier.verify(token).orTimeout(30, TimeUnit.SECONDS).join();
  }

  private JwtResult verify(String token) {
    return of(verifier, token);
  }

  private static String token(JWTClaimsSet.Builder claims) {
    return Issuer.token(FIRST, claims.build());
  }

  private void isInvalid(String token, String reason) {
    assertThat(verify(token)).isEqualTo(new JwtResult.Invalid(reason));
  }

  @Test
  void aRightTokenSaysWhoItIs() {
    JwtResult result = verify(token(Issuer.claims()));
    assertThat(result)
        .isInstanceOfSatisfying(
            JwtResult.Valid.class,
            valid -> assertThat(valid.claims()).containsEntry("sub", "somebody"));
  }

  /** RFC 8037, appendix A.1 gives the key's form. */
  @Test
  void ed25519IsSignedByTheKeyOfItsName() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    KeyPair right = generator.generateKeyPair();
    KeyPair other = generator.generateKeyPair();
    byte[] encoded = right.getPublic().getEncoded();
    String point =
        Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length))
            .toString();
    issuer.answer(
        200,
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"ed\",\"x\":\""
            + point
            + "\"}]}");
    JwtVerifier takes =
        verifier(
            new JwtRules(
                Optional.of(Issuer.NAME),
                List.of("orders"),
                Map.of(),
                Set.of("EdDSA"),
                Duration.ofSeconds(30)));
    String token = edwards(right);
    assertThat(of(takes, token)).isInstanceOf(JwtResult.Valid.class);
    JwtResult wrong = new JwtResult.Invalid("the token's signature is wrong");
    assertThat(of(takes, edwards(other))).isEqualTo(wrong);
    assertThat(of(takes, token.substring(0, token.lastIndexOf('.') + 1) + "AAAA")).isEqualTo(wrong);
    assertThat(of(verifier(RULES), token))
        .isEqualTo(
            new JwtResult.Invalid("the token is signed by an algorithm that is not allowed here"));
  }

  private static String edwards(KeyPair keys) throws GeneralSecurityException {
    String text =
        Base64URL.encode("{\"alg\":\"EdDSA\",\"kid\":\"ed\"}")
            + "."
            + Base64URL.encode(Issuer.claims().build().toString());
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + Base64URL.encode(signature.sign());
  }

  @Test
  void aTokenThatComesAgainCostsALook() {
    String token = token(Issuer.claims());
    verify(token);
    CompletableFuture<JwtResult> second = verifier.verify(token);
    assertThat(verifier.verify(String.valueOf(token.toCharArray()))).isSameAs(second).isDone();
    assertThat(issuer.fetches).hasValue(1);
  }

  @Test
  void theTokenForWhichKeysWereFetchedIsRememberedAsWell() {
    String token = token(Issuer.claims());
    assertThat(verifier.remembered(token)).isEmpty();
    JwtResult result = verify(token);
    assertThat(verifier.remembered(token)).contains((JwtResult.Valid) result);
    clock.advance(Duration.ofMinutes(6));
    assertThat(verifier.remembered(token)).isEmpty();
  }

  @Test
  void aRememberedTokenExpires() {
    String token = token(Issuer.claims());
    assertThat(verify(token)).isInstanceOf(JwtResult.Valid.class);
    clock.advance(Duration.ofMinutes(5).plusSeconds(29));
    assertThat(verify(token)).isInstanceOf(JwtResult.Valid.class);
    clock.advance(Duration.ofSeconds(2));
    isInvalid(token, "the token has expired");
  }

  @Test
  void timesAreComparedWithLeeway() {
    Instant now = clock.instant();
    isInvalid(
        token(Issuer.claims().expirationTime(Date.from(now.minusSeconds(31)))),
        "the token has expired");
    assertThat(verify(token(Issuer.claims().expirationTime(Date.from(now.minusSeconds(20))))))
        .isInstanceOf(JwtResult.Valid.class);
    isInvalid(
        token(Issuer.claims().notBeforeTime(Date.from(now.plusSeconds(40)))),
        "the token is not valid yet");
    assertThat(verify(token(Issuer.claims().notBeforeTime(Date.from(now.plusSeconds(20))))))
        .isInstanceOf(JwtResult.Valid.class);
    isInvalid(
        token(Issuer.claims().expirationTime(null)), "the token never expires (it has no exp)");
  }

  @Test
  void issuerAndAudienceMustBeTheRightOnes() {
    isInvalid(token(Issuer.claims().issuer("https://other")), "the token is of another issuer");
    isInvalid(token(Issuer.claims().issuer(null)), "the token is of another issuer");
    isInvalid(token(Issuer.claims().audience("other")), "the token is for another audience");
    isInvalid(token(Issuer.claims().audience((String) null)), "the token is for another audience");
    assertThat(verify(token(Issuer.claims().audience(List.of("other", "invoices")))))
        .isInstanceOf(JwtResult.Valid.class);
  }

  @Test
  void requiredClaimsMustBeThere() {
    JwtVerifier strict =
        verifier(
            rules(
                Optional.empty(),
                List.of(),
                Map.of("scope", "orders.read", "realm_access.roles", "buyer", "level", "3")));
    JWTClaimsSet.Builder right =
        Issuer.claims()
            .claim("scope", "openid orders.read")
            .claim("realm_access", Map.of("roles", List.of("seller", "buyer")))
            .claim("level", 3);
    assertThat(of(strict, token(right))).isInstanceOf(JwtResult.Valid.class);
    assertThat(of(strict, token(right.claim("scope", "orders.readwrite"))))
        .isEqualTo(new JwtResult.Invalid("the token lacks a required claim: scope"));
    right.claim("scope", List.of("orders.read"));
    assertThat(of(strict, token(right))).isInstanceOf(JwtResult.Valid.class);
    assertThat(of(strict, token(right.claim("realm_access", "buyer"))))
        .isEqualTo(new JwtResult.Invalid("the token lacks a required claim: realm_access.roles"));
  }

  @Test
  void whatIsNoSignedTokenIsRefused() {
    isInvalid("", "the token is no signed JWT");
    isInvalid("a.b.c", "the token is no signed JWT");
    isInvalid("x".repeat(20_000), "the token is too long");
    isInvalid(new PlainJWT(Issuer.claims().build()).serialize(), "the token is no signed JWT");
    String token = token(Issuer.claims());
    isInvalid(token.substring(0, token.lastIndexOf('.') + 1), "the token is no signed JWT");
  }

  @Test
  void algorithmsMustBeAllowed() throws JOSEException {
    String notAllowed = "the token is signed by an algorithm that is not allowed here";
    isInvalid(Issuer.token(JWSAlgorithm.RS512, FIRST, Issuer.claims().build()), notAllowed);
    // The public key as the secret of an HMAC, as in CVE-2015-9235.
    SignedJWT confused =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(),
            Issuer.claims().build());
    confused.sign(new MACSigner(FIRST.toRSAPublicKey().getEncoded()));
    isInvalid(confused.serialize(), notAllowed);
    assertThatThrownBy(
            () ->
                new JwtRules(Optional.empty(), List.of(), Map.of(), Set.of("HS256"), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSignatureByAnotherKeyIsWrong() {
    RSAKey impostor = new RSAKey.Builder(SECOND).keyID("first").build();
    isInvalid(Issuer.token(impostor, Issuer.claims().build()), "the token's signature is wrong");
  }

  @Test
  void aKeyInTheTokenItselfIsNotBelieved() throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(SECOND.toPublicJWK()).build(),
            Issuer.claims().build());
    token.sign(new RSASSASigner(SECOND));
    isInvalid(token.serialize(), "the token's key is not known");
  }

  @Test
  void anUnknownKeyIsFetchedOnce() {
    String old = token(Issuer.claims());
    verify(old);
    issuer.show(FIRST, SECOND);
    clock.advance(Duration.ofSeconds(11));
    CompletableFuture<JwtResult> one;
    CompletableFuture<JwtResult> two;
    issuer.late.lock();
    try {
      one = verifier.verify(Issuer.token(SECOND, Issuer.claims().build()));
      two = verifier.verify(Issuer.token(SECOND, Issuer.claims().subject("other").build()));
      assertThat(one).isNotDone();
      assertThat(verifier.verify(old)).as("known keys wait for nothing").isDone();
    } finally {
      issuer.late.unlock();
    }
    assertThat(one.orTimeout(30, TimeUnit.SECONDS).join()).isInstanceOf(JwtResult.Valid.class);
    assertThat(two.orTimeout(30, TimeUnit.SECONDS).join()).isInstanceOf(JwtResult.Valid.class);
    assertThat(issuer.fetches).hasValue(2);
  }

  @Test
  void fetchesForUnknownKeysAreRare() {
    verify(token(Issuer.claims()));
    RSAKey nobody = new RSAKey.Builder(SECOND).keyID("nobody").build();
    for (int i = 0; i < 20; i++) {
      isInvalid(
          Issuer.token(nobody, Issuer.claims().subject("s" + i).build()),
          "the token's key is not known");
    }
    assertThat(issuer.fetches).hasValue(1);
    clock.advance(Duration.ofSeconds(11));
    isInvalid(Issuer.token(nobody, Issuer.claims().build()), "the token's key is not known");
    assertThat(issuer.fetches).hasValue(2);
  }

  @Test
  void withoutKeysNobodyCanTellAndTheyAreHadLater() {
    issuer.answer(500, "");
    String token = token(Issuer.claims());
    JwtResult away = new JwtResult.Unknown("the keys of the token's issuer can't be fetched now");
    assertThat(verify(token)).isEqualTo(away);
    for (String nonsense : List.of("", "{}", "{\"keys\":[{\"kty\":\"RSA\"}]}", "<html>")) {
      clock.advance(Duration.ofSeconds(2));
      issuer.answer(200, nonsense);
      assertThat(verify(token)).isEqualTo(away);
    }
    clock.advance(Duration.ofSeconds(2));
    issuer.answer(200, "x".repeat(2_000_000));
    assertThat(verify(token)).isEqualTo(away);
    clock.advance(Duration.ofSeconds(2));
    issuer.show(FIRST);
    assertThat(verify(token)).isInstanceOf(JwtResult.Valid.class);
  }

  @Test
  void knownKeysStayWhileTheIssuerIsAway() {
    verify(token(Issuer.claims()));
    issuer.close();
    clock.advance(Duration.ofMinutes(4));
    assertThat(verify(token(Issuer.claims().subject("late")))).isInstanceOf(JwtResult.Valid.class);
    clock.advance(Duration.ofMinutes(4));
    Date later = Date.from(clock.instant().plusSeconds(60));
    for (int i = 0; i < 3; i++) {
      assertThat(verify(token(Issuer.claims().subject("l" + i).expirationTime(later))))
          .isInstanceOf(JwtResult.Valid.class);
    }
  }

  @Test
  void aWithdrawnKeyGoesWithTheTokensItSigned() {
    String token =
        token(Issuer.claims().expirationTime(Date.from(clock.instant().plusSeconds(3_600))));
    assertThat(verify(token)).isInstanceOf(JwtResult.Valid.class);
    issuer.show(SECOND);
    clock.advance(Duration.ofMinutes(6));
    // Keys that are old are fetched anew in passing, by a token that is not remembered.
    verify(token(Issuer.claims().subject("another")));
    await()
        .untilAsserted(
            () ->
                assertThat(verify(token))
                    .isEqualTo(new JwtResult.Invalid("the token's key is not known")));
  }
}
