package org.caravanserai.security.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.ClientCertificate;
import org.caravanserai.security.audit.AuditQuery;
import org.caravanserai.security.audit.AuditRecord;
import org.caravanserai.security.audit.Outcome;
import org.caravanserai.security.certificates.Certificates;
import org.caravanserai.security.internal.audit.AuditComponent;
import org.caravanserai.security.internal.audit.AuditSettings;
import org.caravanserai.security.internal.limit.QuotaTiers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit has of callers of channels who are turned away. */
class RefusedLoginTest {

  @TempDir private Path folder;
  private final Handles handles = new Handles();
  private final SecurityKind kind = TestKinds.security(handles);
  private AuditComponent audit;

  @BeforeEach
  void open() throws Exception {
    audit =
        new AuditComponent(TestKinds.settings(AuditSettings.class, Map.of("data", "" + folder)));
    handles.bindAudit(audit);
    kind.open(
        Definitions.of(
            "partner",
            SecurityDefinition.Type.BASIC_AUTH,
            "username",
            Optional.of("p"),
            "password",
            Optional.of("word")));
    kind.open(
        Definitions.of("ann", SecurityDefinition.Type.APIKEY, "password", Optional.of("her-key")));
    kind.open(
        Definitions.of(
            "bank",
            SecurityDefinition.Type.MTLS,
            "clientCertSubjectDn",
            Optional.of("CN=partner")));
    new GroupKind(handles, new QuotaTiers())
        .open(new Group("friends", Optional.empty(), List.of("partner", "ann", "bank")));
  }

  @AfterEach
  void close() throws Exception {
    audit.close();
  }

  private static TestRequest basic(String both) {
    return TestRequest.header(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
  }

  private List<AuditRecord> refused(Authenticator authenticator, TestRequest request) {
    int before = audit.find(AuditQuery.newest(1000)).items().size();
    authenticator.refused(request, "cid-1", "channel_rest/orders");
    List<AuditRecord> all = audit.find(AuditQuery.newest(1000)).items();
    return all.subList(0, all.size() - before);
  }

  @Test
  void wrongCredentialsAreRecordedWithTheNameThatTheyClaim() {
    for (String name : List.of("partner", "friends")) {
      boolean isGroup = name.equals("friends");
      Authenticator asked = isGroup ? handles.group(name) : handles.authenticator(name);
      assertThat(refused(asked, basic("eve:secret-guess")))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.user()).isEqualTo("eve");
                assertThat(record.door()).isEqualTo("channel");
                assertThat(record.operation()).isEqualTo("login");
                assertThat(record.target()).isEqualTo("channel_rest/orders");
                assertThat(record.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
                assertThat(record.address()).isEqualTo("127.0.0.1");
                assertThat(record.cid()).isEqualTo("cid-1");
                assertThat(record.details()).isEqualTo((isGroup ? "group " : "security ") + name);
                assertThat(record.toString()).doesNotContain("secret-guess");
              });
    }
  }

  @Test
  void aKeyHasNoName() {
    TestRequest wrong = TestRequest.header("X-API-Key", "secret-guess");
    assertThat(refused(handles.authenticator("ann"), wrong))
        .singleElement()
        .satisfies(record -> assertThat(record.toString()).doesNotContain("secret-guess"));
    assertThat(refused(handles.group("friends"), wrong)).hasSize(1);
    assertThat(refused(handles.authenticator("partner"), wrong)).isEmpty();
  }

  @Test
  void aCertificateHasItsSubject() {
    TestRequest wrong =
        TestRequest.certificate(
            ClientCertificate.of(new Certificates("authority").issue("CN=eve").certificate()));
    assertThat(refused(handles.authenticator("bank"), wrong))
        .singleElement()
        .satisfies(record -> assertThat(record.user()).isEqualTo("cn=eve"));
    assertThat(refused(handles.group("friends"), wrong)).hasSize(1);
  }

  @Test
  void whoShowsNothingIsNotRecorded() {
    TestRequest nothing = TestRequest.header("Accept", "*/*");
    for (String name : List.of("partner", "ann", "bank", "missing")) {
      assertThat(refused(handles.authenticator(name), nothing)).as(name).isEmpty();
    }
    assertThat(refused(handles.group("friends"), nothing)).isEmpty();
    assertThat(refused(handles.authenticator("partner"), basic("\u0000"))).hasSize(1);
    assertThat(
            refused(
                handles.authenticator("partner"), TestRequest.header("Authorization", "Basic *")))
        .hasSize(1);
  }

  @Test
  void withoutAnAuditNothingIsLost() {
    handles.unbindAudit(audit);
    assertThat(refused(handles.authenticator("partner"), basic("eve:x"))).isEmpty();
  }
}
