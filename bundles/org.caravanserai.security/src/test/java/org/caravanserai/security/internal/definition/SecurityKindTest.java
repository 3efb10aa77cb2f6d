package org.caravanserai.security.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  private final SecurityKind kind = new SecurityKind();

  private static SecurityDefinition basic(String name, String username, String password) {
    return new SecurityDefinition(
        name,
        true,
        SecurityDefinition.Type.BASIC_AUTH,
        Optional.of(username),
        password,
        "API",
        "X-API-Key");
  }

  private static SecurityDefinition apiKey(String name, String header, String key) {
    return new SecurityDefinition(
        name, true, SecurityDefinition.Type.APIKEY, Optional.empty(), key, "API", header);
  }

  private static boolean accepts(Authenticator authenticator, String header, String value) {
    return authenticator.accepts(Map.of(header, value)::get);
  }

  @Test
  void isZatosKind() {
    assertThat(kind.name()).isEqualTo("security");
    assertThat(kind.type()).isEqualTo(SecurityDefinition.class);
  }

  @Test
  void anUnknownDefinitionRefusesEverybody() {
    Authenticator authenticator = kind.authenticator("nobody");

    assertThat(authenticator.name()).isEqualTo("nobody");
    assertThat(accepts(authenticator, "Authorization", "Basic Og==")).isFalse();
    assertThat(accepts(authenticator, "X-API-Key", "")).isFalse();
    assertThat(authenticator.challenge()).isNull();
  }

  @Test
  void anAuthenticatorFollowsItsDefinition() {
    Authenticator early = kind.authenticator("d");
    LiveObject<SecurityDefinition> live = kind.open(basic("d", "a", "b"));
    Authenticator late = kind.authenticator("d");

    assertThat(late).isSameAs(early);
    assertThat(accepts(early, "Authorization", "Basic YTpi")).isTrue();
    assertThat(early.challenge()).startsWith("Basic realm=\"API\"");

    assertThatCode(() -> live.replace(basic("d", "a", "c"))).doesNotThrowAnyException();
    assertThat(accepts(early, "Authorization", "Basic YTpi")).isFalse();
    assertThat(accepts(early, "Authorization", "Basic YTpj")).isTrue();

    live.close();
    assertThat(accepts(early, "Authorization", "Basic YTpj")).isFalse();
    assertThat(early.challenge()).isNull();

    kind.open(apiKey("d", "X-Key", "k"));
    assertThat(accepts(early, "X-Key", "k")).isTrue();
  }

  @Test
  void oneDefinitionSaysNothingAboutAnother() {
    kind.open(basic("a", "a", "b"));
    kind.open(basic("b", "x", "y"));

    assertThat(accepts(kind.authenticator("b"), "Authorization", "Basic YTpi")).isFalse();
  }

  @Test
  void anApiKeyStandsInItsHeader() {
    kind.open(apiKey("k", "X-API-Key", "s3cr3t"));
    Authenticator authenticator = kind.authenticator("k");

    assertThat(accepts(authenticator, "X-API-Key", "s3cr3t")).isTrue();
    assertThat(accepts(authenticator, "X-API-Key", "s3cr3T")).isFalse();
    assertThat(accepts(authenticator, "X-API-Key", "s3cr3")).isFalse();
    assertThat(accepts(authenticator, "X-API-Key", "s3cr3tt")).isFalse();
    assertThat(accepts(authenticator, "X-API-Key", "")).isFalse();
    assertThat(accepts(authenticator, "Authorization", "s3cr3t")).isFalse();
    assertThat(authenticator.challenge()).isEqualTo("ApiKey header=\"X-API-Key\"");
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
                    new SecurityDefinition(
                        "d",
                        true,
                        SecurityDefinition.Type.BASIC_AUTH,
                        Optional.empty(),
                        "p",
                        "API",
                        "X-API-Key")))
        .hasMessage("missing: basic_auth needs one");
  }

  @Test
  void refusesARealmThatWouldSplitTheHeader() {
    assertThatThrownBy(
            () ->
                kind.validate(
                    new SecurityDefinition(
                        "d",
                        true,
                        SecurityDefinition.Type.BASIC_AUTH,
                        Optional.of("u"),
                        "p",
                        "A\r\nB: c",
                        "X")))
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
    OutgoingCredentials shown = kind.outgoing("o");
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
