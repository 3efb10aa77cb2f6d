package org.caravanserai.security.internal.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.caravanserai.security.User;
import org.caravanserai.security.internal.jwt.Issuer;
import org.caravanserai.security.internal.oidc.Believed;
import org.caravanserai.security.internal.oidc.TokenUsers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersComponentTest {

  @TempDir private Path data;

  /** The settings as the container makes them if only the folder is configured. */
  private UserSettings settings() {
    return (UserSettings)
        Proxy.newProxyInstance(
            UserSettings.class.getClassLoader(),
            new Class<?>[] {UserSettings.class, Annotation.class},
            (proxy, method, arguments) ->
                method.getName().equals("data") ? data.toString() : method.getDefaultValue());
  }

  private UsersComponent start(String adminPassword) throws IOException {
    return new UsersComponent(settings(), adminPassword, new PasswordHash(64, 1));
  }

  private boolean admits(UsersComponent users, String password) {
    return users.authenticate("admin", password.toCharArray(), "here").isPresent();
  }

  @Test
  void makesTheAdministratorAtTheFirstStart() throws IOException {
    UsersComponent users = start("sesame");

    assertThat(admits(users, "sesame")).isTrue();
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("security"))))
        .isEqualTo("rwx------");
    for (String file : new String[] {"token", "users.properties"}) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("security").resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void thereIsNoDefaultPassword() throws IOException {
    UsersComponent users = start(null);

    assertThat(data.resolve("security/users.properties")).doesNotExist();
    for (String guess : new String[] {"", "admin", "karaf", "sesame"}) {
      assertThat(admits(users, guess)).isFalse();
    }
    assertThat(admits(start(""), "")).isFalse();
  }

  @Test
  void keepsThePasswordIfNoneIsSetAtALaterStart() throws IOException {
    start("sesame").close();
    assertThat(admits(start(null), "sesame")).isTrue();
  }

  @Test
  void takesANewPasswordAtALaterStart() throws IOException {
    start("sesame").close();
    UsersComponent users = start("other");

    assertThat(admits(users, "sesame")).isFalse();
    assertThat(admits(users, "other")).isTrue();
  }

  @Test
  void theTokenEndsWithTheServer() throws IOException {
    UsersComponent users = start("sesame");
    String token = Files.readString(data.resolve("security/token"));
    assertThat(users.authenticateToken(token)).isPresent();

    users.close();
    assertThat(data.resolve("security/token")).doesNotExist();
  }

  @Test
  void tokensOfAnIssuerDoAsLongAsItIsBelieved() throws IOException {
    UsersComponent users = start("sesame");
    RSAKey key = Issuer.key("first");
    String token = Issuer.token(key, Issuer.claims().claim("roles", List.of("ops")).build());
    assertThat(users.authenticateBearer(token, "here")).isEmpty();
    assertThat(users.takesTokens()).isFalse();
    try (Issuer issuer = new Issuer(key)) {
      TokenUsers believed = Believed.users(issuer);
      users.bindIssuer(believed);
      assertThat(users.takesTokens()).isTrue();
      assertThat(users.authenticateBearer(token, "here"))
          .contains(new User("oidc:somebody@issuer.example.com", Set.of("operator")));
      users.unbindIssuer(believed);
    }
    assertThat(users.authenticateBearer(token, "here")).isEmpty();
    String script = Files.readString(data.resolve("security/token"));
    assertThat(users.authenticateBearer(script, "here")).isPresent();
  }
}
