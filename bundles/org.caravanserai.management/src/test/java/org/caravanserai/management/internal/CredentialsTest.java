package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

  @Test
  void basicIsANameAndAPasswordThatMayHoldColons() {
    Credentials read = Credentials.read("basic " + encoded("ada:pass:wörd")).orElseThrow();
    assertThat(read)
        .isInstanceOfSatisfying(
            Credentials.Basic.class,
            basic -> {
              assertThat(basic.name()).isEqualTo("ada");
              assertThat(basic.password()).containsExactly("pass:wörd".toCharArray());
            });
  }

  @Test
  void bearerIsAToken() {
    assertThat(Credentials.read("Bearer abc")).contains(new Credentials.Bearer("abc"));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"Basic", "Basic !!!", "Digest x=y", "Bearer", "Basic bm9jb2xvbg=="})
  void otherHeadersAreNone(String header) {
    assertThat(Credentials.read(header)).isEmpty();
  }

  private static String encoded(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
