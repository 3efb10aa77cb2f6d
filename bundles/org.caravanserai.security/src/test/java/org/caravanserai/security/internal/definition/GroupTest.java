package org.caravanserai.security.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanserai.security.internal.definition.Definitions.apiKey;
import static org.caravanserai.security.internal.definition.Definitions.basic;

import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.ClientCertificate;
import org.caravanserai.security.Verdict;
import org.caravanserai.security.internal.jwt.Issuer;
import org.caravanserai.security.internal.limit.QuotaTiers;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.Test;

class GroupTest {

  private static final String PRINT = "ab".repeat(32);

  private final Handles handles = new Handles();
  private final QuotaTiers rates = new QuotaTiers();
  private final SecurityKind definitions =
      new SecurityKind(TestKinds.settings(Map.of()), handles, rates, TestKinds.certificates());
  private final GroupKind groups = new GroupKind(handles, rates);
  private final Authenticator group = handles.group("g");

  private static Group of(String... members) {
    return new Group("g", Optional.empty(), List.of(members));
  }

  private static TestRequest basicRequest(String both) {
    return TestRequest.header(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aGroupThatIsNotThereRefusesEverybody() {
    assertThat(TestRequest.header("X-API-Key", "").refusal(group).challenge()).isNull();
  }

  @Test
  void anyMemberIsLetInByItsName() throws Exception {
    definitions.open(basic("a", "ann", "1"));
    definitions.open(apiKey("b", "X-API-Key", "k-b"));
    definitions.open(apiKey("c", "X-Other", "k-c"));
    definitions.open(apiKey("d", "X-API-Key", "k-d"));
    groups.open(of("a", "b", "c"));
    assertThat(basicRequest("ann:1").user(group)).isEqualTo("a");
    assertThat(TestRequest.header("X-API-Key", "k-b").user(group)).isEqualTo("b");
    assertThat(TestRequest.header("X-Other", "k-c").user(group)).isEqualTo("c");
    assertThat(TestRequest.header("X-API-Key", "k-d").user(group)).as("no member").isEmpty();
    assertThat(TestRequest.header("X-API-Key", "k-c").user(group)).as("other header").isEmpty();
    assertThat(basicRequest("ann:2").user(group)).isEmpty();
    assertThat(TestRequest.header("Authorization", "Basic *").user(group)).isEmpty();
    assertThat(TestRequest.header("X", "y").refusal(group).challenge())
        .isEqualTo(
            "Basic realm=\"API\", charset=\"UTF-8\", ApiKey header=\"X-API-Key\","
                + " ApiKey header=\"X-Other\"");
  }

  @Test
  void otherSpellingsOfBasicAreUnderstood() throws Exception {
    definitions.open(basic("a", "test", "123\u00A3"));
    groups.open(of("a"));
    for (String sent :
        List.of(
            "basic dGVzdDoxMjPCow==",
            "Basic dGVzdDoxMjPCow",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("test:123\u00A3".getBytes(StandardCharsets.ISO_8859_1)))) {
      assertThat(TestRequest.header("Authorization", sent).user(group)).as(sent).isEqualTo("a");
    }
  }

  @Test
  void aGroupFollowsItsMembersAndItself() throws Exception {
    LiveObject<Group> live = groups.open(of("late", "early"));
    LiveObject<SecurityDefinition> late = definitions.open(apiKey("late", "X-API-Key", "one"));
    TestRequest one = TestRequest.header("X-API-Key", "one");
    TestRequest two = TestRequest.header("X-API-Key", "two");
    assertThat(one.user(group)).isEqualTo("late");
    late.replace(apiKey("late", "X-API-Key", "two"));
    assertThat(one.user(group)).isEmpty();
    assertThat(two.user(group)).isEqualTo("late");
    late.close();
    assertThat(two.user(group)).isEmpty();
    LiveObject<SecurityDefinition> again = definitions.open(apiKey("late", "X-API-Key", "two"));
    live.replace(of("early"));
    assertThat(two.user(group)).isEmpty();
    again.replace(apiKey("late", "X-API-Key", "one"));
    assertThat(one.user(group)).isEmpty();
    live.replace(of("late"));
    assertThat(one.user(group)).isEqualTo("late");
    live.close();
    assertThat(one.user(group)).isEmpty();
  }

  @Test
  void aThousandMembersAreToldApart() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String name = "m" + i;
      names.add(name);
      definitions.open(
          i % 2 == 0 ? apiKey(name, "X-API-Key", "key-" + i) : basic(name, "u" + i, "p" + i));
    }
    groups.open(of(names.toArray(String[]::new)));
    for (int i = 0; i < 1_000; i++) {
      TestRequest request =
          i % 2 == 0
              ? TestRequest.header("X-API-Key", "key-" + i)
              : basicRequest("u" + i + ":p" + i);
      assertThat(request.user(group)).isEqualTo("m" + i);
    }
    assertThat(TestRequest.header("X-API-Key", "key-1").user(group)).isEmpty();
    assertThat(basicRequest("u1:p3").user(group)).isEmpty();
  }

  @Test
  void certificatesAreMembersToo() throws Exception {
    definitions.open(
        Definitions.of(
            "f",
            SecurityDefinition.Type.MTLS,
            "clientCertFingerprint",
            Optional.of("AB:".repeat(31) + "AB")));
    definitions.open(
        Definitions.of(
            "s",
            SecurityDefinition.Type.MTLS,
            "clientCertSubjectDn",
            Optional.of("CN=Partner,O=Example")));
    groups.open(of("f", "s"));
    assertThat(TestRequest.certificate(new ClientCertificate(PRINT, "cn=x")).user(group))
        .isEqualTo("f");
    assertThat(
            TestRequest.certificate(new ClientCertificate("00".repeat(32), "cn=partner,o=example"))
                .user(group))
        .isEqualTo("s");
    assertThat(
            TestRequest.certificate(new ClientCertificate("00".repeat(32), "cn=partner"))
                .user(group))
        .isEmpty();
    assertThat(TestRequest.header("X", "y").user(group)).isEmpty();
  }

  @Test
  void tokensOfSeveralIssuersAreJudgedByEach() throws Exception {
    RSAKey first = Issuer.key("1");
    RSAKey second = Issuer.key("2");
    try (Issuer one = new Issuer(first);
        Issuer two = new Issuer(second)) {
      definitions.open(token("t1", one, "https://one"));
      definitions.open(token("t2", two, "https://two"));
      definitions.open(basic("a", "ann", "1"));
      groups.open(of("a", "t1", "t2"));
      assertThat(user(bearer(second, "https://two"))).isEqualTo("t2");
      assertThat(user(bearer(first, "https://one"))).isEqualTo("t1");
      Verdict wrong = known(bearer(first, "https://two"));
      assertThat(wrong)
          .isInstanceOfSatisfying(
              Verdict.Refused.class,
              refused -> {
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.challenge()).contains("error=\"invalid_token\"");
              });
      assertThat(basicRequest("ann:1").user(group)).isEqualTo("a");
    }
  }

  private static SecurityDefinition token(String name, Issuer issuer, String iss) {
    return Definitions.of(
        name,
        SecurityDefinition.Type.BEARER_TOKEN,
        "issuer",
        Optional.of(iss),
        "jwksUrl",
        Optional.of(issuer.keys().toString()));
  }

  private static TestRequest bearer(RSAKey key, String iss) {
    return TestRequest.header(
        "Authorization", "Bearer " + Issuer.token(key, Issuer.claims().issuer(iss).build()));
  }

  private String user(TestRequest request) {
    return known(request) instanceof Verdict.Admitted admitted ? admitted.user() : "";
  }

  private Verdict known(TestRequest request) {
    Verdict verdict = group.check(request);
    if (verdict instanceof Verdict.Pending pending) {
      CompletableFuture<Verdict> later = new CompletableFuture<>();
      pending.whenKnown(later::complete);
      return later.orTimeout(30, TimeUnit.SECONDS).join();
    }
    return verdict;
  }
}
