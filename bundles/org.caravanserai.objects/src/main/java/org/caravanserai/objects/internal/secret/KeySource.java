package org.caravanserai.objects.internal.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravanserai.objects.internal.disk.Disk;
import org.caravanserai.objects.internal.disk.Replacement;

/**
 * Where the key comes from: the environment, a file that the operator names, or a file that is made
 * when there is none. While keys are changed the file holds two, one a line.
 */
final class KeySource {

  /** The environment variable that holds the key. */
  static final String VARIABLE = "SERAI_SECRET_KEY";

  /** The environment variable that holds the key before, to change it. */
  static final String VARIABLE_BEFORE = "SERAI_SECRET_KEY_OLD";

  private static final String FORM = "32 bytes in base64, as `openssl rand -base64 32` makes them";

  private final Disk disk;
  private final Optional<String> given;
  private final Optional<String> before;
  private final Path file;
  private final boolean generated;

  /**
   * Reads nothing yet.
   *
   * @param environment the variables
   * @param named the file that the operator names; empty for none
   * @param own the file that is made when there is no other key
   */
  KeySource(Disk disk, Map<String, String> environment, Optional<Path> named, Path own) {
    this.disk = disk;
    this.given = Optional.ofNullable(environment.get(VARIABLE)).filter(key -> !key.isBlank());
    this.before =
        Optional.ofNullable(environment.get(VARIABLE_BEFORE)).filter(key -> !key.isBlank());
    this.file = named.orElse(own);
    this.generated = named.isEmpty();
  }

  /**
   * The keys that there are, the one to encrypt with first.
   *
   * @throws IOException if there is none or it can't be read; the message says why and has no key
   */
  List<MasterKey> keys() throws IOException {
    if (given.isPresent()) {
      MasterKey now = parse(given.get(), VARIABLE);
      return before.isEmpty() ? List.of(now) : List.of(now, parse(before.get(), VARIABLE_BEFORE));
    }
    Optional<byte[]> content = disk.read(file);
    if (content.isEmpty() && !generated) {
      throw new IOException("SERAI_SECRET_KEY_FILE names " + file + ", which is not there");
    }
    if (content.isEmpty()) {
      MasterKey made = MasterKey.random();
      write(List.of(made));
      return List.of(made);
    }
    List<String> lines =
        new String(content.get(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    if (lines.isEmpty()) {
      throw new IOException(file + " holds no key: it must be " + FORM);
    }
    List<MasterKey> keys = lines.stream().flatMap(line -> MasterKey.parse(line).stream()).toList();
    if (keys.size() != lines.size()) {
      throw new IOException(file + " holds something else than a key: it must be " + FORM);
    }
    return keys;
  }

  private static MasterKey parse(String text, String variable) throws IOException {
    return MasterKey.parse(text)
        .orElseThrow(() -> new IOException(variable + " is no key: it must be " + FORM));
  }

  /** Why a new key can't be made here, in words; empty if it can. */
  Optional<String> fixed() {
    return given.map(
        key ->
            "the key comes from %s: start the server with the new one there and the old one in %s"
                .formatted(VARIABLE, VARIABLE_BEFORE));
  }

  /** Keeps keys, the one to encrypt with first. */
  void write(List<MasterKey> keys) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " has no folder");
    }
    String lines =
        keys.stream().flatMap(key -> Stream.of(key.spelled(), "\n")).collect(Collectors.joining());
    new Replacement(disk, folder, folder)
        .replace(Map.of(file.toAbsolutePath(), lines.getBytes(StandardCharsets.UTF_8)));
  }
}
