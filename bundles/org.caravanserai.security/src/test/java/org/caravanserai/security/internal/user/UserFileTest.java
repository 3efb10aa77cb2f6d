package org.caravanserai.security.internal.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserFileTest {

  private static final String HASH = new PasswordHash(64, 1).of("a".toCharArray());

  @TempDir private Path folder;
  private UserFile file;

  @BeforeEach
  void open() throws IOException {
    file = new UserFile(new PrivateFolder(folder));
  }

  private void written(String lines) throws IOException {
    Files.writeString(folder.resolve(UserFile.NAME), lines);
  }

  @Test
  void thereMayBeNoFile() throws IOException {
    assertThat(file.read()).isEmpty();
  }

  @Test
  void readsWhatAPersonMayHaveWritten() throws IOException {
    written("# mine\n\nadmin = admin;" + HASH + "\nann=viewer, developer ; " + HASH + "\n");

    assertThat(file.read())
        .isEqualTo(
            Map.of(
                "admin", StoredUser.of("admin", Set.of("admin"), HASH),
                "ann", StoredUser.of("ann", Set.of("viewer", "developer"), HASH)));
  }

  @Test
  void aDamagedLineCostsOnlyItsUser() throws IOException {
    written("admin = admin\nbob = admin;clear-text\nann = viewer;" + HASH + "\n");

    assertThat(file.read()).containsOnlyKeys("ann");
  }

  @Test
  void aDamagedFileIsNotTakenForAnEmptyOne() throws IOException {
    written("admin = \\u00zz\n");

    assertThatThrownBy(file::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("users.properties is damaged");
  }

  @Test
  void noHashIsInTheTextOfAUser() {
    assertThat(StoredUser.of("ann", Set.of("viewer"), HASH).toString()).doesNotContain(HASH);
  }

  @Property(tries = 100)
  void whatIsWrittenIsRead(@ForAll("names") String name) throws IOException {
    Path temporary = Files.createTempDirectory("users");
    UserFile written = new UserFile(new PrivateFolder(temporary));
    Map<String, StoredUser> users = new HashMap<>();
    users.put(name, StoredUser.of(name, Set.of("viewer", "admin"), HASH));
    users.put("other", StoredUser.of("other", Set.of(), HASH));
    written.write(users);

    assertThat(written.read()).isEqualTo(users);
    Files.delete(temporary.resolve(UserFile.NAME));
    Files.delete(temporary);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .withChars(" äß字")
        .ofMinLength(1)
        .ofMaxLength(12);
  }
}
