package org.caravanserai.security.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravanserai.security.internal.definition.Definitions.apiKey;
import static org.caravanserai.security.internal.definition.Definitions.basic;

import java.util.Map;
import java.util.Optional;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.OutgoingCredentials;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityKindTest {

  private final Handles handles = new Handles();
  private final SecurityKind kind = TestKinds.security(handles);

  private static boolean accepts(Authenticator authenticator, String header, String value) {
    return !TestRequest.header(header, value).user(authenticator).isEmpty();
  }

  private static String challenge(Authenticator authenticator) {
    return TestRequest.header("X", "y").refusal(authenticator).challenge();
  }

  @Test
  void isZatosKind() {
    assertThat(kind.name()).isEqualTo("security");
    assertThat(kind.type()).isEqualTo(SecurityDefinition.class);
  }

  @Test
  void anUnknownDefinitionRefusesEverybody() {
    Authenticator authenticator = handles.authenticator("nobody");

    assertThat(authenticator.name()).isEqualTo("nobody");
    assertThat(accepts(authenticator, "Authorization", "Basic Og==")).isFalse();
    assertThat(accepts(authenticator, "X-API-Key", "")).isFalse();
    assertThat(challenge(authenticator)).isNull();
  }

  @Test
  void anAuthenticatorFollowsItsDefinition() throws Exception {
    Authenticator early = handles.authenticator("d");
    LiveObject<SecurityDefinition> live = kind.open(basic("d", "a", "b"));
    Authenticator late = handles.authenticator("d");

    assertThat(late).isSameAs(early);
    assertThat(accepts(early, "Authorization", "Basic YTpi")).isTrue();
    assertThat(challenge(early)).startsWith("Basic realm=\"API\"");

    assertThatCode(() -> live.replace(basic("d", "a", "c"))).doesNotThrowAnyException();
    assertThat(accepts(early, "Authorization", "Basic YTpi")).isFalse();
    assertThat(accepts(early, "Authorization", "Basic YTpj")).isTrue();

    live.close();
    assertThat(accepts(early, "Authorization", "Basic YTpj")).isFalse();
    assertThat(challenge(early)).isNull();

    kind.open(apiKey("d", "X-Key", "k"));
    assertThat(accepts(early, "X-Key", "k")).isTrue();
  }

  @Test
  void oneDefinitionSaysNothingAboutAnother() throws Exception {
    kind.open(basic("a", "a", "b"));
    kind.open(basic("b", "x", "y"));

    assertThat(accepts(handles.authenticator("b"), "Authorization", "Basic YTpi")).isFalse();
  }

  @Test
  void anApiKeyStandsInItsHeader() throws Exception {
    kind.open(apiKey("k", "X-API-Key", "s3cr3t"));
    Authenticator authenticator = handles.authenticator("k");

    assertThat(accepts(authenticator, "X-API-Key", "s3cr3t")).isTrue();
    assertThat(accepts(authenticator, "X-API-Key", "s3cr3T")).isFalse();
    assertThat(accepts(authenticator, "X-API-Key", "s3cr3")).isFalse();
    assertThat(accepts(authenticator, "X-API-Key", "s3cr3tt")).isFalse();
    assertThat(accepts(authenticator, "X-API-Key", "")).isFalse();
    assertThat(accepts(authenticator, "Authorization", "s3cr3t")).isFalse();
    assertThat(challenge(authenticator)).isEqualTo("ApiKey header=\"X-API-Key\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {"a:b|c|username", "\"\"|c|username", "\"a\nb\"|c|username", "a|\"b\nc\"|password"})
  void refusesCredentialsThatCantBeSent(String username, String password, String field) {
    assertThatThrownBy(() -> kind.validate(basic("d", username, password)))
        .isInstanceOfSatisfying(
            InvalidObjectException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {"X Key|k|header", "\"\"|k|header", "X-Key|ké|password", "X-Key|\" k\"|password"})
  void refusesApiKeysThatCantBeSent(String header, String key, String field) {
    assertThatThrownBy(() -> kind.validate(apiKey("d", header, key)))
        .isInstanceOfSatisfying(
            InvalidObjectException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.getMessage()).doesNotContain("ké");
            });
  }

  @Test
  void basicAuthNeedsAUser() {
    assertThatThrownBy(
            () ->
                kind.validate(
                    Definitions.of(
                        "d", SecurityDefinition.Type.BASIC_AUTH, "password", Optional.of("p"))))
        .hasMessage("missing: basic_auth needs it");
  }

  @Test
  void refusesARealmThatWouldSplitTheHeader() {
    assertThatThrownBy(
            () ->
                kind.validate(
                    Definitions.of(
                        "d",
                        SecurityDefinition.Type.BASIC_AUTH,
                        "username",
                        Optional.of("u"),
                        "password",
                        Optional.of("p"),
                        "realm",
                        "A\r\nB: c")))
        .isInstanceOfSatisfying(
            InvalidObjectException.class, e -> assertThat(e.field()).isEqualTo("realm"));
  }

  @Test
  void takesWhatZatoExports() {
    assertThatCode(
            () -> {
              kind.validate(basic("enmasse.basic.1", "enmasse.1", "pässwörd: 1"));
              kind.validate(apiKey("enmasse.apikey.1", "X-API-Key", "0a1b2c"));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void theSecretIsInNoText() {
    assertThat(basic("d", "u", "hush").toString()).doesNotContain("hush").contains("u");
  }

  @Test
  void theCredentialsAreShownToOthersAsLongAsTheDefinitionIsActive() throws Exception {
    OutgoingCredentials shown = handles.outgoing("o");
    assertThat(shown.name()).isEqualTo("o");
    assertThat(shown.headers()).isNull();
    LiveObject<SecurityDefinition> live = kind.open(basic("o", "a", "b"));
    assertThat(shown.headers()).isEqualTo(Map.of("Authorization", "Basic YTpi"));
    live.replace(apiKey("o", "X-Key", "k"));
    assertThat(shown.headers()).isEqualTo(Map.of("X-Key", "k"));
    live.close();
    assertThat(shown.headers()).isNull();
  }
}
