package org.caravanserai.security.internal.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.caravanserai.security.AccountRefusedException;
import org.caravanserai.security.AccountRefusedException.Reason;
import org.caravanserai.security.User;
import org.caravanserai.security.internal.directory.Directory;
import org.caravanserai.security.internal.directory.DirectoryAwayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may become of users, and who is asked for those that the server does not know. */
class AccountsTest {

  private static final String LONG = "long enough 1";

  @TempDir private Path path;
  private Directory directory;
  private LocalUsers users;

  @BeforeEach
  void open() throws IOException {
    users = start();
    users.setAdminPassword("sesame".toCharArray());
  }

  private LocalUsers start() throws IOException {
    PrivateFolder folder = new PrivateFolder(path);
    ManualTicker clock = new ManualTicker();
    return new LocalUsers(
        new UserFile(folder),
        new LocalToken(folder),
        new PasswordHash(64, 1),
        new PasswordPolicy(12),
        new VerificationCache(Duration.ofSeconds(60), clock),
        new LoginBrake(
            5, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(60), clock),
        () -> Optional.ofNullable(directory),
        2,
        Duration.ofSeconds(60));
  }

  private Optional<User> login(String name, String password) {
    return users.authenticate(name, password.toCharArray(), "here");
  }

  private void add(String name, String... roles) {
    users.add(name, LONG.toCharArray(), Set.of(roles));
  }

  private static void refused(Reason reason, ThrowingCallable change) {
    assertThatThrownBy(change)
        .asInstanceOf(InstanceOfAssertFactories.type(AccountRefusedException.class))
        .extracting(AccountRefusedException::reason)
        .isEqualTo(reason);
  }

  @Test
  void aUserIsMadeAndOutlivesTheProcess() throws IOException {
    add("ann", "viewer", "operator");
    users = start();
    assertThat(login("ann", LONG)).contains(new User("ann", Set.of("viewer", "operator")));
    assertThat(users.list()).extracting(User::name).containsExactly("admin", "ann");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path.resolve(UserFile.NAME))))
        .isEqualTo("rw-------");
  }

  @Test
  void aChangeHoldsAtOnceThoughTheOldPasswordWasKnown() {
    add("ann", "viewer");
    assertThat(login("ann", LONG)).isPresent();
    users.setRoles("ann", Set.of("developer"));
    assertThat(login("ann", LONG)).contains(new User("ann", Set.of("developer")));
    users.setPassword("ann", "another password".toCharArray());
    assertThat(login("ann", LONG)).isEmpty();
    assertThat(login("ann", "another password")).isPresent();
    users.delete("ann");
    assertThat(login("ann", "another password")).isEmpty();
  }

  @Test
  void theLastAdministratorStays() {
    refused(Reason.CONFLICT, () -> users.delete("admin"));
    refused(Reason.CONFLICT, () -> users.setRoles("admin", Set.of("viewer")));
    add("eve", "admin");
    users.delete("admin");
    refused(Reason.CONFLICT, () -> users.delete("eve"));
    assertThat(users.list()).extracting(User::name).containsExactly("eve");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a:b", " a", "a\nb"})
  void aNameThatIsNoneIsRefused(String name) {
    refused(Reason.INVALID, () -> add(name, "viewer"));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    add("ann", "viewer");
    refused(Reason.CONFLICT, () -> add("ann", "viewer"));
    refused(Reason.CONFLICT, () -> add("local", "viewer"));
    refused(Reason.INVALID, () -> add("bob"));
    refused(Reason.INVALID, () -> add("bob", "root"));
    refused(Reason.UNKNOWN, () -> users.delete("bob"));
    refused(Reason.UNKNOWN, () -> users.setRoles("bob", Set.of("viewer")));
    refused(Reason.UNKNOWN, () -> users.setPassword("bob", LONG.toCharArray()));
    assertThat(users.list()).hasSize(2);
  }

  @Test
  void aPasswordIsLongEnoughAndNotTheName() {
    refused(Reason.INVALID, () -> users.add("bob", "short".toCharArray(), Set.of("viewer")));
    refused(
        Reason.INVALID,
        () -> users.add("bob-the-builder", "Bob-The-Builder".toCharArray(), Set.of("viewer")));
    refused(Reason.INVALID, () -> users.setPassword("admin", new char[2000]));
    assertThat(login("admin", "sesame")).isPresent();
  }

  @Test
  void oneChangesOnesOwnPasswordByThePresentOne() {
    add("ann", "viewer");
    refused(
        Reason.WRONG_PASSWORD,
        () ->
            users.changePassword("ann", "wrong".toCharArray(), "new and long".toCharArray(), "x"));
    users.changePassword("ann", LONG.toCharArray(), "new and long".toCharArray(), "x");
    assertThat(login("ann", "new and long")).isPresent();
    refused(
        Reason.CONFLICT,
        () -> users.changePassword("bob", LONG.toCharArray(), LONG.toCharArray(), "x"));
  }

  /** A directory with one user, or one that is away. */
  private static final class Others implements Directory {

    private final boolean isAway;
    private int asked;

    private Others(boolean isAway) {
      this.isAway = isAway;
    }

    @Override
    public boolean isThere() {
      return true;
    }

    @Override
    public Optional<User> authenticate(String name, char[] password) throws DirectoryAwayException {
      asked++;
      if (isAway) {
        throw new DirectoryAwayException("away");
      }
      return name.equals("zoe") && new String(password).equals("z")
          ? Optional.of(new User("zoe", Set.of("viewer")))
          : Optional.empty();
    }
  }

  @Test
  void whoIsNotKnownHereMayBeKnownElsewhere() {
    Others others = new Others(false);
    directory = others;
    assertThat(login("zoe", "z")).contains(new User("zoe", Set.of("viewer")));
    assertThat(login("zoe", "z")).isPresent();
    assertThat(others.asked).as("asked once for a password that was right").isEqualTo(1);
    assertThat(login("zoe", "y")).isEmpty();
  }

  @Test
  void aDirectoryThatIsAwayKeepsNoLocalUserOut() {
    Others others = new Others(true);
    directory = others;
    assertThat(login("zoe", "z")).isEmpty();
    assertThat(login("admin", "wrong")).isEmpty();
    assertThat(login("admin", "sesame")).isPresent();
    assertThat(others.asked).as("asked for local users").isEqualTo(1);
  }

  @Test
  void aDirectoryThatWasAwayIsAskedAgainHoweverOftenItWas() {
    directory = new Others(true);
    for (int i = 0; i < 10; i++) {
      login("zoe", "z");
    }
    directory = new Others(false);
    assertThat(login("zoe", "z")).isPresent();
  }
}
