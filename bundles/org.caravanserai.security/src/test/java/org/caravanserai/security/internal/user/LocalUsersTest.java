package org.caravanserai.security.internal.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.security.Login;
import org.caravanserai.security.User;
import org.caravanserai.security.internal.directory.Directory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalUsersTest {

  /** Enough to be seen in what a thread allocates. */
  private static final int MEMORY_KIB = 4_096;

  private static final User ADMIN = new User("admin", Set.of("admin"));

  @TempDir private Path path;
  private final ManualTicker clock = new ManualTicker();
  private final PasswordHash hash = new PasswordHash(MEMORY_KIB, 1);
  private Directory directory;
  private LocalUsers users;

  @BeforeEach
  void open() throws IOException {
    users = start();
    users.setAdminPassword("sesame".toCharArray());
  }

  private LocalUsers start() throws IOException {
    PrivateFolder folder = new PrivateFolder(path);
    return new LocalUsers(
        new UserFile(folder),
        new LocalToken(folder),
        hash,
        new PasswordPolicy(1),
        new VerificationCache(Duration.ofSeconds(60), clock),
        new LoginBrake(
            5, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(600), clock),
        () -> Optional.ofNullable(directory),
        2,
        Duration.ofSeconds(60));
  }

  private Optional<User> login(String name, String password) {
    return users.authenticate(name, password.toCharArray(), "here");
  }

  private static boolean computesAHash(Runnable attempt) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    attempt.run();
    return threads.getCurrentThreadAllocatedBytes() - before >= MEMORY_KIB * 1024L;
  }

  @Test
  void letsInWhoKnowsThePassword() {
    assertThat(login("admin", "sesame")).contains(ADMIN);
    assertThat(login("admin", "Sesame")).isEmpty();
    assertThat(login("admin", "")).isEmpty();
    assertThat(login("Admin", "sesame")).isEmpty();
    assertThat(login("", "")).isEmpty();
  }

  @Test
  void aLoginHoldsUntilTheUserIsChanged() {
    users.add("ann", "sesame".toCharArray(), Set.of("viewer"));
    assertThat(users.login("ann", "wrong".toCharArray(), "here")).isEmpty();

    Login first = users.login("ann", "sesame".toCharArray(), "here").orElseThrow();
    assertThat(first.user()).isEqualTo(new User("ann", Set.of("viewer")));
    users.setAdminPassword("another".toCharArray());
    assertThat(first.holds().getAsBoolean()).isTrue();
    users.setRoles("ann", Set.of("operator"));
    assertThat(first.holds().getAsBoolean()).isFalse();

    Login second = users.login("ann", "sesame".toCharArray(), "here").orElseThrow();
    users.setPassword("ann", "another".toCharArray());
    assertThat(second.holds().getAsBoolean()).isFalse();

    Login third = users.login("ann", "another".toCharArray(), "here").orElseThrow();
    assertThat(third.holds().getAsBoolean()).isTrue();
    users.delete("ann");
    assertThat(third.holds().getAsBoolean()).isFalse();
  }

  @Test
  void thePasswordOutlivesTheProcessAndStandsNowhereInClear() throws IOException {
    users = start();

    assertThat(login("admin", "sesame")).contains(ADMIN);
    assertThat(Files.readString(path.resolve(UserFile.NAME)))
        .contains("admin = admin;$argon2id$")
        .doesNotContain("sesame");
  }

  @Test
  void theSamePasswordIsNotStoredAgain() throws IOException {
    String before = Files.readString(path.resolve(UserFile.NAME));
    users.setAdminPassword("sesame".toCharArray());
    assertThat(Files.readString(path.resolve(UserFile.NAME))).isEqualTo(before);
  }

  @Test
  void aNewPasswordEndsTheOldOneAtOnce() throws IOException {
    assertThat(login("admin", "sesame")).isPresent();
    users.setAdminPassword("new".toCharArray());

    assertThat(login("admin", "sesame")).isEmpty();
    assertThat(login("admin", "new")).contains(ADMIN);
  }

  @Test
  void otherUsersStayWhenTheAdministratorsPasswordChanges() throws IOException {
    new UserFile(new PrivateFolder(path))
        .write(Map.of("ann", StoredUser.of("ann", Set.of("viewer"), hash.of("a".toCharArray()))));
    users = start();
    users.setAdminPassword("new".toCharArray());
    users = start();

    assertThat(login("ann", "a")).contains(new User("ann", Set.of("viewer")));
    assertThat(login("admin", "new")).contains(ADMIN);
  }

  @Test
  void anUnknownUserCostsAsMuchAsAWrongPassword() {
    assertThat(computesAHash(() -> login("admin", "wrong"))).isTrue();
    assertThat(computesAHash(() -> login("nobody", "wrong"))).isTrue();
  }

  @Test
  void aPasswordThatWasRightIsKnownForAWhile() {
    assertThat(computesAHash(() -> login("admin", "sesame"))).isTrue();
    assertThat(computesAHash(() -> login("admin", "sesame"))).isFalse();
    assertThat(computesAHash(() -> login("admin", "wrong"))).isTrue();

    clock.advance(Duration.ofSeconds(61));
    assertThat(computesAHash(() -> login("admin", "sesame"))).isTrue();
  }

  @Test
  void whoGuessesIsRefusedForAWhileWithoutWork() {
    for (int i = 0; i < 5; i++) {
      login("admin", "guess" + i);
    }
    assertThat(computesAHash(() -> login("admin", "guess"))).isFalse();
    assertThat(login("admin", "sesame")).isEmpty();

    clock.advance(Duration.ofSeconds(10));
    assertThat(login("admin", "sesame")).contains(ADMIN);
  }

  @Test
  void whoIsAtWorkStaysInWhileSomebodyElseGuesses() {
    assertThat(login("admin", "sesame")).isPresent();
    for (int i = 0; i < 6; i++) {
      login("admin", "guess" + i);
    }
    assertThat(login("admin", "sesame")).contains(ADMIN);
  }

  @Test
  void theTokenLetsLocalScriptsIn() throws IOException {
    String token = Files.readString(path.resolve(LocalToken.NAME));

    assertThat(token).matches("[0-9a-f]{64}");
    for (int i = 0; i < 20; i++) {
      assertThat(users.authenticateToken("wrong")).isEmpty();
    }
    assertThat(users.authenticateToken("")).isEmpty();
    assertThat(users.authenticateToken(token.substring(1))).isEmpty();
    assertThat(users.authenticateToken(token)).contains(new User("local", Set.of("admin")));
  }

  @Test
  void eachStartHasATokenOfItsOwn() throws IOException {
    String token = Files.readString(path.resolve(LocalToken.NAME));
    users = start();

    assertThat(users.authenticateToken(token)).isEmpty();
  }

  @Test
  void aVeryLongNameIsNobody() {
    assertThat(login("a".repeat(100_000), "x")).isEmpty();
  }
}
