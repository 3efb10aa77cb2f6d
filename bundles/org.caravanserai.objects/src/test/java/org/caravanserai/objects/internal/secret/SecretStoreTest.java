package org.caravanserai.objects.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.objects.internal.disk.Disk;
import org.caravanserai.objects.internal.disk.FailingDisk;
import org.caravanserai.objects.internal.disk.FileDisk;
import org.caravanserai.objects.internal.disk.Replacement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretStoreTest {

  private static final String ONE = key(1);
  private static final String TWO = key(2);

  @TempDir private Path data;

  private static String key(int first) {
    byte[] key = new byte[32];
    key[0] = (byte) first;
    return Base64.getEncoder().encodeToString(key);
  }

  private SecretStore open(Disk disk, Map<String, String> environment, Optional<Path> keyFile)
      throws IOException {
    Replacement replacement = new Replacement(disk, data, data);
    return SecretStore.open(disk, data, environment, keyFile, replacement);
  }

  private SecretStore open(Map<String, String> environment) throws IOException {
    return open(new FileDisk(100_000), environment, Optional.empty());
  }

  private static void set(SecretStore store, String name, String value) throws IOException {
    store.apply(store.change(Map.of(name, value), List.of()));
  }

  @Test
  void secretsAreThereAfterARestartAndNotInClearOnDisk() throws IOException {
    SecretStore store = open(Map.of());
    set(store, "b/ü", "hush-hush \n${x}");
    set(store, "a", "");
    SecretStore again = open(Map.of());
    assertThat(again.names()).containsExactly("a", "b/ü");
    assertThat(again.value("b/ü")).isEqualTo("hush-hush \n${x}");
    assertThat(again.value("a")).isEmpty();
    assertThat(again.value("c")).isNull();
    Path file = data.resolve("security/secrets");
    assertThat(Files.readString(file)).doesNotContain("hush");
    for (Path each : List.of(file, data.resolve("security/secret.key"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void eachChangeHasAVersion() throws IOException {
    SecretStore store = open(Map.of());
    assertThat(store.version("a")).isZero();
    set(store, "a", "1");
    long first = store.version("a");
    set(store, "a", "1");
    assertThat(store.version("a")).isEqualTo(first).isNotZero();
    set(store, "a", "2");
    assertThat(store.version("a")).isNotEqualTo(first);
    store.apply(store.change(Map.of(), List.of("a")));
    assertThat(store.version("a")).isZero();
    set(store, "a", "1");
    assertThat(store.version("a")).isNotEqualTo(first);
  }

  @Test
  void theKeyComesFromTheEnvironmentOrAFile() throws IOException {
    set(open(Map.of("SERAI_SECRET_KEY", ONE)), "a", "x");
    assertThat(data.resolve("security/secret.key")).doesNotExist();
    Path file = Files.writeString(data.resolve("key"), ONE + "\n");
    SecretStore store = open(new FileDisk(1000), Map.of(), Optional.of(file));
    assertThat(store.value("a")).isEqualTo("x");
    assertThatThrownBy(() -> open(Map.of("SERAI_SECRET_KEY", TWO)))
        .hasMessageContaining("encrypted under another key")
        .hasMessageNotContaining(TWO);
    assertThatThrownBy(() -> open(Map.of("SERAI_SECRET_KEY", "short")))
        .hasMessageContaining("SERAI_SECRET_KEY is no key: it must be 32 bytes in base64")
        .hasMessageNotContaining("short");
    assertThatThrownBy(() -> open(new FileDisk(1000), Map.of(), Optional.of(data.resolve("none"))))
        .hasMessageContaining("none, which is not there");
    Files.writeString(file, "nonsense");
    assertThatThrownBy(() -> open(new FileDisk(1000), Map.of(), Optional.of(file)))
        .hasMessageContaining("holds something else than a key")
        .hasMessageNotContaining("nonsense");
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> open(new FileDisk(1000), Map.of(), Optional.of(file)))
        .hasMessageContaining("holds no key");
  }

  @Test
  void theKeyOfTheEnvironmentIsChangedWithTheOldOneBesideIt() throws IOException {
    SecretStore store = open(Map.of("SERAI_SECRET_KEY", ONE));
    set(store, "a", "x");
    assertThatThrownBy(store::rotate).hasMessageContaining("SERAI_SECRET_KEY_OLD");
    Map<String, String> both = Map.of("SERAI_SECRET_KEY", TWO, "SERAI_SECRET_KEY_OLD", ONE);
    assertThat(open(both).value("a")).isEqualTo("x");
    assertThat(open(Map.of("SERAI_SECRET_KEY", TWO)).value("a")).isEqualTo("x");
  }

  @Test
  void aNewKeyIsMadeAndNoSecretIsLostWhicheverCallFails() throws IOException {
    FailingDisk disk = new FailingDisk();
    SecretStore store = open(disk, Map.of(), Optional.empty());
    set(store, "a", "x");
    String before = Files.readString(data.resolve("security/secret.key"));
    boolean failed = true;
    for (int nth = 1; failed; nth++) {
      store = open(disk, Map.of(), Optional.empty());
      disk.failFrom(nth, Integer.MAX_VALUE);
      try {
        store.rotate();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("made to");
      }
      failed = disk.failed();
      disk.heal();
      assertThat(store.value("a")).isEqualTo("x");
      assertThat(open(disk, Map.of(), Optional.empty()).value("a"))
          .as("call " + nth)
          .isEqualTo("x");
    }
    assertThat(Files.readString(data.resolve("security/secret.key")))
        .isNotEqualTo(before)
        .hasLineCount(1);
  }

  @Test
  void whatIsDamagedIsNotTakenForAnotherSecret() throws IOException {
    SecretStore store = open(Map.of("SERAI_SECRET_KEY", ONE));
    set(store, "a", "x");
    set(store, "b", "y");
    Path file = data.resolve("security/secrets");
    List<String> lines = Files.readAllLines(file);
    String name = lines.get(1).substring(0, lines.get(1).indexOf(' '));
    String value = lines.get(2).substring(lines.get(2).indexOf(' '));
    String swapped = lines.get(0) + "\n" + name + value + "\n";
    Files.writeString(file, swapped);
    assertThat(open(Map.of("SERAI_SECRET_KEY", ONE)).value("a")).isNull();
    Files.writeString(file, "something else");
    assertThatThrownBy(() -> open(Map.of("SERAI_SECRET_KEY", ONE))).hasMessageContaining("damaged");
  }

  @Test
  void nothingShowsTheKey() {
    MasterKey key = MasterKey.random();
    assertThat(key.toString()).doesNotContain(key.spelled());
    assertThat(key.id()).isNotEqualTo(key.spelled());
    assertThat(new String(key.encrypt("a", "hush"), StandardCharsets.ISO_8859_1))
        .doesNotContain("hush");
  }
}
