package org.caravanserai.security.internal.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {

  @TempDir private Path parent;

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void openToAll(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void onlyItsOwnerCanReadWhatIsInIt() throws IOException {
    PrivateFolder folder = new PrivateFolder(parent.resolve("a/security"));
    folder.write("x", bytes("1"));

    assertThat(mode(parent.resolve("a/security"))).isEqualTo("rwx------");
    assertThat(mode(parent.resolve("a/security/x"))).isEqualTo("rw-------");
    assertThat(folder.read("x")).hasValue(bytes("1"));
  }

  @Test
  void closesWhatWasOpenToOthers() throws IOException {
    Path path = Files.createDirectory(parent.resolve("security"));
    Path file = Files.writeString(path.resolve("x"), "1");
    openToAll(path);
    openToAll(file);
    PrivateFolder folder = new PrivateFolder(path);
    folder.read("x");

    assertThat(mode(path)).isEqualTo("rwx------");
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void replacesAFileAsAWhole() throws IOException {
    PrivateFolder folder = new PrivateFolder(parent.resolve("security"));
    folder.write("x", bytes("a long one"));
    folder.write("x", bytes("2"));

    assertThat(folder.read("x")).hasValue(bytes("2"));
    try (var files = Files.list(parent.resolve("security"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void whatAKilledWriterLeftIsNeitherReadNorKept() throws IOException {
    PrivateFolder folder = new PrivateFolder(parent.resolve("security"));
    folder.write("x", bytes("1"));
    Path half = Files.writeString(parent.resolve("security/x.tmp"), "half");
    openToAll(half);

    assertThat(folder.read("x")).hasValue(bytes("1"));
    folder.write("x", bytes("2"));
    assertThat(folder.read("x")).hasValue(bytes("2"));
    assertThat(mode(parent.resolve("security/x"))).isEqualTo("rw-------");
    assertThat(half).doesNotExist();
  }

  @Test
  void thereMayBeNoFile() throws IOException {
    PrivateFolder folder = new PrivateFolder(parent.resolve("security"));
    assertThat(folder.read("x")).isEmpty();
    folder.delete("x");
  }

  @Test
  void saysThatTheFolderCantBeMade() throws IOException {
    Files.writeString(parent.resolve("security"), "a file");
    assertThatThrownBy(() -> new PrivateFolder(parent.resolve("security")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("security");
  }
}
