package org.caravanserai.security.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.caravanserai.security.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {

  private static final Verdict.Admitted ADMITTED = new Verdict.Admitted("one", List.of());

  private static boolean accepts(Credentials credentials, String authorization) {
    return credentials.check(TestRequest.header("Authorization", authorization), ADMITTED)
        == ADMITTED;
  }

  private static String header(String both, Charset charset) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(charset));
  }

  /** The example of RFC 7617, section 2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "BASIC QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basic   QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== ",
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ",
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZR==",
      })
  void acceptsEverySpellingOfTheSame(String authorization) {
    assertThat(accepts(new BasicCredentials("Aladdin", "open sesame", "API"), authorization))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic =",
        "Basic ====",
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==QWxh",
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZ",
        "Basic qWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basic QWxhZGRpbjpvcGVuIHNlc2Ft",
        "Basic *",
        "BasicQWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Aladdin:open sesame",
        "Basic Aladdin:open sesame",
        "\u0000",
      })
  void refusesEverythingElse(String authorization) {
    assertThat(accepts(new BasicCredentials("Aladdin", "open sesame", "API"), authorization))
        .isFalse();
  }

  @Test
  void refusesARequestWithoutCredentials() {
    assertThat(new BasicCredentials("a", "b", "API").check(TestRequest.header("X", "y"), ADMITTED))
        .isNotEqualTo(ADMITTED);
  }

  /** The example of RFC 7617, section 2.1: a password with a pound sign. */
  @Test
  void acceptsUtf8() {
    assertThat(accepts(new BasicCredentials("test", "123\u00A3", "foo"), "Basic dGVzdDoxMjPCow=="))
        .isTrue();
  }

  @Test
  void acceptsLatin1FromOlderCallers() {
    assertThat(
            accepts(
                new BasicCredentials("test", "123\u00A3", "foo"),
                header("test:123\u00A3", StandardCharsets.ISO_8859_1)))
        .isTrue();
  }

  @Test
  void aColonBelongsToThePassword() {
    Credentials credentials = new BasicCredentials("a", "b:c", "API");

    assertThat(accepts(credentials, header("a:b:c", StandardCharsets.UTF_8))).isTrue();
    assertThat(accepts(credentials, header("a:b", StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void tellsTheRealmAndTheCharset() {
    assertThat(new BasicCredentials("a", "b", "My \"A\\B\"").challenge())
        .isEqualTo("Basic realm=\"My \\\"A\\\\B\\\"\", charset=\"UTF-8\"");
  }

  @Property
  void acceptsItsCredentialsAndNoOthers(
      @ForAll String username, @ForAll String password, @ForAll String other) {
    assumeThat(username).doesNotContain(":");
    Credentials credentials = new BasicCredentials(username, password, "API");

    assertThat(accepts(credentials, header(username + ":" + password, StandardCharsets.UTF_8)))
        .isTrue();
    byte[] both = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    byte[] others = (username + ":" + other).getBytes(StandardCharsets.UTF_8);
    assertThat(accepts(credentials, header(username + ":" + other, StandardCharsets.UTF_8)))
        .isEqualTo(java.util.Arrays.equals(both, others));
  }
}
