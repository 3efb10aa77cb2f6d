package org.caravanserai.security.internal.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.security.Operation;
import org.caravanserai.security.ReadOnlyException;
import org.caravanserai.security.ReadOnlyState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlySwitchTest {

  @TempDir private Path data;

  private ReadOnlySwitch start() throws IOException {
    return new ReadOnlySwitch(
        (UserSettings)
            Proxy.newProxyInstance(
                UserSettings.class.getClassLoader(),
                new Class<?>[] {UserSettings.class, Annotation.class},
                (proxy, method, arguments) ->
                    method.getName().equals("data") ? data.toString() : method.getDefaultValue()));
  }

  private Path file() {
    return data.resolve("security/" + ReadOnlySwitch.NAME);
  }

  @Test
  void aServerIsChangedUnlessSomebodySaysOtherwise() throws IOException {
    ReadOnlySwitch server = start();
    assertThat(server.state()).isEmpty();
    assertThatCode(() -> server.check(Operation.OBJECTS_WRITE)).doesNotThrowAnyException();
    server.end();
    assertThat(file()).doesNotExist();
  }

  @Test
  void itOutlivesARestart() throws IOException {
    ReadOnlyState said = start().begin("ada", "  year-end = closing: \\ #1 \u00e4  ");
    assertThat(said.reason()).isEqualTo("year-end = closing: \\ #1 \u00e4");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");

    ReadOnlySwitch again = start();
    assertThat(again.state()).contains(said);
    again.end();
    assertThat(again.state()).isEmpty();
    assertThat(start().state()).isEmpty();
  }

  @Test
  void whoSaysItAgainDoesNotBeginAnew() throws IOException {
    ReadOnlySwitch server = start();
    Instant since = server.begin("ada", "closing").since();
    assertThat(server.begin("bo", "still closing"))
        .isEqualTo(new ReadOnlyState("bo", since, "still closing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two\nlines", "tab\there"})
  void itNeedsAReasonInOneLine(String reason) throws IOException {
    ReadOnlySwitch server = start();
    assertThatThrownBy(() -> server.begin("ada", reason))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 500 characters");
    assertThatThrownBy(() -> server.begin("ada", "x".repeat(501)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.state()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatChangesSomethingIsRefusedAndNothingElse(Operation operation) throws IOException {
    ReadOnlySwitch server = start();
    server.begin("ada", "closing");
    if (operation.isChange()) {
      assertThatThrownBy(() -> server.check(operation))
          .isInstanceOf(ReadOnlyException.class)
          .hasMessageMatching("The server is read-only since .*Z, by ada: closing");
    } else {
      assertThatCode(() -> server.check(operation)).doesNotThrowAnyException();
    }
    assertThat(Operation.OBJECTS_WRITE.isChange()).isTrue();
    assertThat(Operation.SERVICES_INVOKE.isChange()).isTrue();
    assertThat(Operation.OBJECTS_READ.isChange()).isFalse();
    assertThat(Operation.SERVER_PROTECT.isChange()).isFalse();
  }

  @Test
  void damageLeavesTheServerReadOnly() throws IOException {
    start().begin("ada", "closing");
    Files.writeString(file(), "since=yesterday");
    ReadOnlySwitch server = start();
    assertThat(server.state())
        .hasValueSatisfying(it -> assertThat(it.reason()).contains("damaged"));
    server.end();
    assertThat(start().state()).isEmpty();
  }

  @Test
  void whatCannotBeKeptIsNotSo() throws IOException {
    ReadOnlySwitch server = start();
    Files.createDirectories(file());
    Files.createFile(file().resolve("in-the-way"));
    assertThatThrownBy(() -> server.begin("ada", "closing"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(server.state()).isEmpty();
  }

  @Test
  void followersAreToldUntilTheyLeave() throws IOException {
    ReadOnlySwitch server = start();
    AtomicInteger told = new AtomicInteger();
    Runnable follower = told::incrementAndGet;
    server.follow(follower);
    server.begin("ada", "closing");
    server.end();
    server.end();
    server.leave(follower);
    server.begin("ada", "closing");
    assertThat(told).hasValue(2);
  }
}
