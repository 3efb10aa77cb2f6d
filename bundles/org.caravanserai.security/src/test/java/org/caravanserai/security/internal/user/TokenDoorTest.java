package org.caravanserai.security.internal.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.security.User;
import org.caravanserai.security.internal.jwt.Issuer;
import org.caravanserai.security.internal.oidc.Believed;
import org.caravanserai.security.internal.oidc.TokenUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenDoorTest {

  private static final RSAKey KEY = Issuer.key("first");
  private static final User ANN = new User("oidc:ann@issuer.example.com", Set.of("operator"));

  @TempDir private Path path;
  private final ManualTicker clock = new ManualTicker();
  private final Issuer issuer = new Issuer(KEY);
  private final LoginBrake brake =
      new LoginBrake(
          1, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(600), clock);
  private TokenUsers believed = Believed.users(issuer);
  private TokenDoor door;
  private LocalUsers users;

  @BeforeEach
  void open() throws IOException {
    PrivateFolder folder = new PrivateFolder(path);
    users =
        new LocalUsers(
            new UserFile(folder),
            new LocalToken(folder),
            new PasswordHash(64, 1),
            new PasswordPolicy(1),
            new VerificationCache(Duration.ZERO, clock),
            brake,
            Optional::empty,
            2,
            Duration.ofSeconds(60));
    users.setAdminPassword("sesame".toCharArray());
    door = new TokenDoor(users, brake, () -> Optional.ofNullable(believed));
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  private static String token(String name) {
    return Issuer.token(
        KEY,
        Issuer.claims().claim("preferred_username", name).claim("roles", List.of("ops")).build());
  }

  private void fail(int times, String address) {
    for (int i = 0; i < times; i++) {
      assertThat(door.authenticate("wrong", address)).isEmpty();
    }
  }

  private boolean admits(String address) {
    return users.authenticate("admin", "sesame".toCharArray(), address).isPresent();
  }

  @Test
  void bothTokensLetIn() throws IOException {
    assertThat(door.authenticate(Files.readString(path.resolve(LocalToken.NAME)), "here"))
        .contains(new User("local", Set.of("admin")));
    assertThat(door.authenticate(token("ann"), "here")).contains(ANN);
    assertThat(door.authenticate("", "here")).isEmpty();
  }

  @Test
  void withoutAnIssuerOnlyTheLocalOneDoes() {
    believed = null;

    assertThat(door.authenticate(token("ann"), "here")).isEmpty();
    fail(50, "here");
    assertThat(admits("here")).isTrue();
  }

  @Test
  void anAddressWhoseTokensAreRefusedHasToWait() throws IOException {
    fail(10, "here");

    assertThat(door.authenticate(token("ann"), "here")).isEmpty();
    assertThat(admits("here")).isFalse();
    assertThat(door.authenticate(token("ann"), "there")).contains(ANN);
    assertThat(door.authenticate(Files.readString(path.resolve(LocalToken.NAME)), "here"))
        .isPresent();

    clock.advance(Duration.ofSeconds(11));
    assertThat(door.authenticate(token("bob"), "here")).isPresent();
    assertThat(admits("here")).isTrue();
  }

  @Test
  void aTokenThatWasRightIsNotKeptOut() {
    String token = token("ann");
    assertThat(door.authenticate(token, "here")).contains(ANN);
    fail(10, "here");

    assertThat(door.authenticate(token, "here")).contains(ANN);
  }

  @Test
  void anIssuerThatIsAwayIsNobodysFailure() {
    issuer.answer(503, "");
    for (int i = 0; i < 20; i++) {
      assertThat(door.authenticate(token("ann"), "here")).isEmpty();
    }
    assertThat(admits("here")).isTrue();
  }
}
