package org.caravanserai.security.internal.user;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

  private final PasswordHash hash = new PasswordHash(64, 1);

  @Property(tries = 50)
  void verifiesWhatItHashedAndNothingElse(@ForAll String password, @ForAll String other) {
    String hashed = hash.of(password.toCharArray());

    assertThat(hash.verify(password.toCharArray(), hashed)).isTrue();
    byte[] bytes = PasswordBytes.of(password.toCharArray());
    byte[] others = PasswordBytes.of(other.toCharArray());
    assertThat(hash.verify(other.toCharArray(), hashed))
        .isEqualTo(java.util.Arrays.equals(bytes, others));
  }

  @Test
  void saltsEachHash() {
    assertThat(hash.of("a".toCharArray())).isNotEqualTo(hash.of("a".toCharArray()));
  }

  @Test
  void theHashHoldsItsParameters() {
    String hashed = new PasswordHash(128, 3).of("a".toCharArray());

    assertThat(hashed).startsWith("$argon2id$v=19$m=128,t=3,p=1$");
    assertThat(hash.verify("a".toCharArray(), hashed)).isTrue();
  }

  @Test
  void theHashOfNobodyLooksLikeAnyOther() {
    String nobody = hash.ofNobody();

    assertThat(PasswordHash.isHash(nobody)).isTrue();
    assertThat(nobody).hasSameSizeAs(hash.of("a".toCharArray())).isNotEqualTo(hash.ofNobody());
    assertThat(nobody).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(hash.verify("a".toCharArray(), nobody)).isFalse();
  }

  /**
   * Made by the reference implementation: {@code echo -n password | argon2 somesalt -id -t 2 -m 16
   * -p 1 -l 32}.
   */
  @Test
  void isTheArgon2OfEverybodyElse() {
    assertThat(
            hash.verify(
                "password".toCharArray(),
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                    + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "$argon2id$",
        "$argon2id$v=19$m=64,t=1,p=1$!!!!$????",
        "$argon2id$v=19$m=,t=1,p=1$YWJj$YWJj",
        "$2a$10$abcdefghijklmnopqrstuv"
      })
  void aDamagedHashIsOfNoPassword(String damaged) {
    assertThat(hash.verify("x".toCharArray(), damaged)).isFalse();
  }
}
