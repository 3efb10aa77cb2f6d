package org.caravanserai.security.internal.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.security.Operation;
import org.caravanserai.security.User;
import org.caravanserai.security.internal.jwt.Issuer;
import org.caravanserai.security.internal.jwt.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server of keys. */
class OidcUsersTest {

  private static final RSAKey KEY = Issuer.key("first");
  private static final RSAKey OTHER = Issuer.key("first");

  private final Issuer issuer = new Issuer(KEY);
  private final ManualClock clock = new ManualClock(Instant.now());
  private final Map<String, Object> settings =
      new HashMap<>(Map.of("roles", new String[] {"ops=operator, chiefs=admin", "devs=developer"}));

  @AfterEach
  void close() {
    issuer.close();
  }

  private OidcUsers users() {
    return Believed.users(issuer, clock, settings);
  }

  private static JWTClaimsSet.Builder ann() {
    return Issuer.claims().claim("preferred_username", "ann").claim("roles", List.of("ops"));
  }

  private static String token(JWTClaimsSet.Builder claims) {
    return Issuer.token(KEY, claims.build());
  }

  private User known(JWTClaimsSet.Builder claims) {
    TokenVerdict verdict = users().verify(token(claims));
    assertThat(verdict).isInstanceOf(TokenVerdict.Known.class);
    return ((TokenVerdict.Known) verdict).user();
  }

  private void isRefused(JWTClaimsSet.Builder claims, String reason) {
    assertThat(users().verify(token(claims))).isEqualTo(new TokenVerdict.Refused(reason));
  }

  @Test
  void aTokenOfTheIssuerIsAUserWithRoles() {
    User ann = known(ann());

    assertThat(ann).isEqualTo(new User("oidc:ann@issuer.example.com", Set.of("operator")));
    assertThat(ann.may(Operation.OBJECTS_WRITE)).isTrue();
  }

  @Test
  void anAdminFromOutsideIsNotTheLocalOne() {
    assertThat(known(ann().claim("preferred_username", "admin")).name())
        .isEqualTo("oidc:admin@issuer.example.com");
  }

  @Test
  void valuesBecomeRolesByTheMapOnly() {
    assertThat(known(ann().claim("roles", List.of("devs", "chiefs", "admin", "x"))).roles())
        .containsExactlyInAnyOrder("developer", "admin");
    assertThat(known(ann().claim("roles", "chiefs")).roles()).containsExactly("admin");
    isRefused(
        ann().claim("roles", List.of("admin", "operator")),
        "oidc:ann@issuer.example.com has no role of this server");
    isRefused(ann().claim("roles", null), "oidc:ann@issuer.example.com has no role of this server");
  }

  @Test
  void aRoleForAllIsForWhomTheIssuerVouches() {
    settings.put("role__for__all", "viewer");

    assertThat(known(ann()).roles()).containsExactlyInAnyOrder("viewer", "operator");
    assertThat(known(ann().claim("roles", null)).roles()).containsExactly("viewer");
    isRefused(ann().issuer("https://other"), "the token is of another issuer");
  }

  @Test
  void rolesMayBeDeepInsideTheToken() {
    settings.put("roles__claim", "realm_access.roles");

    assertThat(known(ann().claim("realm_access", Map.of("roles", List.of("chiefs")))).roles())
        .containsExactly("admin");
  }

  @Test
  void rolesMayBeTheWordsOfTheScope() {
    settings.put("roles__claim", "scope");

    assertThat(known(ann().claim("scope", "openid devs")).roles()).containsExactly("developer");
  }

  @Test
  void theNameIsTheClaimOfTheSettingsOrTheSubject() {
    assertThat(known(ann().claim("preferred_username", null)).name())
        .isEqualTo("oidc:somebody@issuer.example.com");
    settings.put("name__claim", "email");
    assertThat(known(ann().claim("email", "ann@inn.example")).name())
        .isEqualTo("oidc:ann@inn.example@issuer.example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "ann\nadmin"})
  void aNameThatNobodyCanReadIsNone(String name) {
    isRefused(ann().claim("preferred_username", name), "the token has no usable name");
    isRefused(ann().claim("preferred_username", "a".repeat(201)), "the token has no usable name");
  }

  @Test
  void tokensForOthersOpenNothing() {
    isRefused(ann().audience("other"), "the token is for another audience");
    assertThat(users().verify(Issuer.token(OTHER, ann().build())))
        .isEqualTo(new TokenVerdict.Refused("the token's signature is wrong"));
    assertThat(users().verify("no token"))
        .isEqualTo(new TokenVerdict.Refused("the token is no signed JWT"));
  }

  @Test
  void whoWasKnownIsRememberedUntilTheTokenExpires() {
    OidcUsers users = users();
    String token = token(ann());
    assertThat(users.remembered(token)).isEmpty();

    users.verify(token);
    assertThat(users.remembered(token)).map(User::name).contains("oidc:ann@issuer.example.com");

    clock.advance(Duration.ofMinutes(6));
    assertThat(users.remembered(token)).isEmpty();
    assertThat(users.verify(token)).isEqualTo(new TokenVerdict.Refused("the token has expired"));
  }

  @Test
  void anIssuerThatIsAwayRefusesNobodyForGood() {
    issuer.answer(503, "");
    OidcUsers users = users();
    String token = token(ann());
    assertThat(users.verify(token)).isInstanceOf(TokenVerdict.Undecided.class);

    issuer.answer(200, "");
    issuer.show(KEY);
    clock.advance(Duration.ofMinutes(1));
    assertThat(users.verify(token)).isInstanceOf(TokenVerdict.Known.class);
  }

  @Test
  void aSlowIssuerHoldsFewAndNotForLong() {
    settings.put("parallel", 1);
    OidcUsers patient = users();
    settings.put("timeout", 1);
    OidcUsers impatient = users();
    String token = token(ann());
    CompletableFuture<TokenVerdict> first;
    issuer.late.lock();
    try {
      assertThat(impatient.verify(token)).isInstanceOf(TokenVerdict.Undecided.class);
      first = CompletableFuture.supplyAsync(() -> patient.verify(token));
      await().until(() -> patient.waiting() == 1);
      assertThat(patient.verify(token))
          .isEqualTo(new TokenVerdict.Undecided("too many log-ins wait for the issuer's keys"));
    } finally {
      issuer.late.unlock();
    }
    assertThat(first.join()).isInstanceOf(TokenVerdict.Known.class);
    assertThat(patient.waiting()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "issuer, '', issuer: expected",
    "jwks__url, ftp://issuer/keys, jwks_url: expected https",
    "jwks__url, keys, jwks_url: expected https",
    "jwks__url, '', jwks_url: expected https",
    "role__for__all, boss, role_for_all: expected one of"
  })
  void settingsThatMakeNoSenseSayWhich(String name, String value, String words) {
    settings.put(name, value);
    assertThatThrownBy(this::users).hasMessageStartingWith(words);
  }

  @Test
  void listsThatMakeNoSenseSayWhich() {
    settings.put("audience", new String[] {""});
    assertThatThrownBy(this::users).hasMessageStartingWith("audience: expected");
    settings.remove("audience");
    for (String wrong : List.of("ops", "=admin", "ops=boss")) {
      settings.put("roles", new String[] {wrong});
      assertThatThrownBy(this::users).hasMessage("roles: expected value=role, not " + wrong);
    }
  }
}
