package org.caravanserai.security.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.Verdict;
import org.caravanserai.security.internal.jwt.Issuer;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BearerTokenTest {

  private static final RSAKey KEY = Issuer.key("one");

  private final Issuer issuer = new Issuer(KEY);
  private final Handles handles = new Handles();
  private final SecurityKind kind = TestKinds.security(handles);
  private final Authenticator authenticator = handles.authenticator("t");

  @AfterEach
  void close() {
    issuer.close();
  }

  private SecurityDefinition definition(Object... changes) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "issuer",
                Optional.of(Issuer.NAME),
                "jwksUrl",
                Optional.of(issuer.keys().toString()),
                "audience",
                List.of("orders")));
    all.addAll(List.of(changes));
    return Definitions.of("t", SecurityDefinition.Type.BEARER_TOKEN, all.toArray());
  }

  private Verdict check(String authorization) {
    Verdict verdict = authenticator.check(TestRequest.header("Authorization", authorization));
    if (verdict instanceof Verdict.Pending pending) {
      CompletableFuture<Verdict> later = new CompletableFuture<>();
      pending.whenKnown(later::complete);
      return later.orTimeout(30, TimeUnit.SECONDS).join();
    }
    return verdict;
  }

  private static String bearer() {
    return "Bearer " + Issuer.token(KEY, Issuer.claims().build());
  }

  @Test
  void aRightTokenIsLetIn() throws Exception {
    kind.open(definition());
    assertThat(check(bearer()))
        .isInstanceOfSatisfying(
            Verdict.Admitted.class, admitted -> assertThat(admitted.user()).isEqualTo("t"));
    assertThat(check(bearer().replace("Bearer", "bearer"))).isInstanceOf(Verdict.Admitted.class);
  }

  /** RFC 6750, section 3.1: who shows no token is told no error. */
  @Test
  void refusalsSayWhatIsWrong() throws Exception {
    kind.open(definition("realm", "Orders"));
    assertThat(check("Basic YTpi")).isEqualTo(Verdict.Refused.unknown("Bearer realm=\"Orders\""));
    assertThat(check("Bearer nonsense"))
        .isEqualTo(
            new Verdict.Refused(
                401,
                "Bearer realm=\"Orders\", error=\"invalid_token\","
                    + " error_description=\"the token is no signed JWT\"",
                "the token is no signed JWT"));
  }

  @Test
  void withoutKeysItIsA503() throws Exception {
    issuer.answer(500, "");
    kind.open(definition());
    assertThat(check(bearer()))
        .isEqualTo(
            new Verdict.Refused(503, null, "the keys of the token's issuer can't be fetched now"));
  }

  @Test
  void anEditOfTheRulesFetchesNoKeys() throws Exception {
    LiveObject<SecurityDefinition> live = kind.open(definition());
    String bearer = bearer();
    assertThat(check(bearer)).isInstanceOf(Verdict.Admitted.class);
    live.replace(definition("claims", Map.of("sub", "nobody")));
    assertThat(check(bearer)).isInstanceOf(Verdict.Refused.class);
    live.replace(definition("claims", Map.of("sub", "somebody")));
    assertThat(check(bearer)).isInstanceOf(Verdict.Admitted.class);
    assertThat(issuer.fetches).hasValue(1);
    live.close();
    assertThat(check(bearer)).isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "jwksUrl,keys,jwks_url",
    "jwksUrl,ftp://a/b,jwks_url",
    "jwksUrl,https://user:secret@a/b,jwks_url",
    "algorithms,HS256,algorithms",
    "algorithms,none,algorithms",
    "clientCertFingerprint,x,client_cert_fingerprint",
  })
  void refusesWhatMakesNoSense(String field, String value, String named) {
    Object typed = field.equals("algorithms") ? List.of(value) : Optional.of(value);
    assertThatThrownBy(() -> kind.validate(definition(field, typed)))
        .isInstanceOfSatisfying(
            InvalidObjectException.class, e -> assertThat(e.field()).isEqualTo(named));
  }

  @Test
  void anyTokenOfTheKeysWouldBeTooMany() {
    assertThatThrownBy(
            () -> kind.validate(definition("issuer", Optional.empty(), "audience", List.of())))
        .hasMessageContaining("any token of these keys would do");
  }
}
