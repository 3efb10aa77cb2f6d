package org.caravanserai.security.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.security.DefinitionSet;
import org.caravanserai.security.Verdict;
import org.caravanserai.security.audit.AuditQuery;
import org.caravanserai.security.internal.audit.AuditComponent;
import org.caravanserai.security.internal.audit.AuditSettings;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that somebody chooses, and what protocols without HTTP show of them. */
class DefinitionSetTest {

  private static final String THERE = "10.0.0.7";

  @TempDir private Path folder;
  private final Handles handles = new Handles();
  private final List<String> changed = new ArrayList<>();
  private final DefinitionSet set = handles.set("pubsub", changed::add);
  private LiveObject<SecurityDefinition> partner;
  private LiveObject<SecurityDefinition> device;

  @BeforeEach
  void open() throws Exception {
    SecurityKind kind = TestKinds.security(handles);
    partner = kind.open(Definitions.basic("partner", "p", "word:with:colons"));
    device = kind.open(key("the-key"));
    set.choose(Set.of("partner", "device"));
    changed.clear();
  }

  private static SecurityDefinition key(String key) {
    return Definitions.of("device", SecurityDefinition.Type.APIKEY, "password", Optional.of(key));
  }

  private String login(String user, String password) {
    return set.login(user, password);
  }

  @Test
  void aNameAndPasswordAreOfABasicDefinition() {
    assertThat(login("p", "word:with:colons")).isEqualTo("partner");
    assertThat(login("partner", "word:with:colons")).isNull();
    assertThat(login("p:word", "with:colons")).isNull();
    assertThat(login("p", "word")).isNull();
    assertThat(login("p", "")).isNull();
    assertThat(login("", "")).isNull();
  }

  @Test
  void aKeyIsShownUnderTheNameOfItsDefinition() {
    assertThat(login("device", "the-key")).isEqualTo("device");
    assertThat(login("X-API-Key", "the-key")).isNull();
    assertThat(login("partner", "the-key")).isNull();
  }

  @Test
  void requestsAreLetInByAnyOfThem() {
    TestRequest request = TestRequest.header("X-API-Key", "the-key");

    assertThat(set.authenticator().check(request))
        .isInstanceOfSatisfying(
            Verdict.Admitted.class, admitted -> assertThat(admitted.user()).isEqualTo("device"));
    assertThat(set.authenticator().check(TestRequest.header("X-API-Key", "other")))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void whoIsNotChosenAnyMoreIsOut() {
    set.choose(Set.of("partner"));

    assertThat(login("device", "the-key")).isNull();
    assertThat(login("p", "word:with:colons")).isEqualTo("partner");

    set.close();
    assertThat(login("p", "word:with:colons")).isNull();
  }

  @Test
  void theOwnerIsToldOfCredentialsThatAreOthersNow() throws Exception {
    device.replace(key("another-key"));
    assertThat(changed).containsExactly("device");
    assertThat(login("device", "the-key")).isNull();
    assertThat(login("device", "another-key")).isEqualTo("device");

    partner.replace(Definitions.basic("partner", "p", "word:with:colons"));
    assertThat(changed).describedAs("the same credentials").containsExactly("device");

    partner.close();
    assertThat(changed).containsExactly("device", "partner");
    assertThat(login("p", "word:with:colons")).isNull();
  }

  @Test
  void whoIsRefusedIsInTheAudit() throws Exception {
    AuditComponent audit =
        new AuditComponent(TestKinds.settings(AuditSettings.class, Map.of("data", "" + folder)));
    handles.bindAudit(audit);
    try {

      set.refused("p", THERE, "broker");

      assertThat(audit.find(AuditQuery.newest(10)).items())
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.user()).isEqualTo("p");
                assertThat(record.address()).isEqualTo(THERE);
                assertThat(record.target()).isEqualTo("broker");
              });
    } finally {
      handles.unbindAudit(audit);
      audit.close();
    }
  }
}
