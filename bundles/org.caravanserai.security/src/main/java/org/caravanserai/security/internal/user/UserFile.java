package org.caravanserai.security.internal.user;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of users: one line a user, {@code name = role,role;hash}, read and written as Java
 * properties in UTF-8.
 */
final class UserFile {

  /** Its name. */
  static final String NAME = "users.properties";

  private static final Logger LOG = LoggerFactory.getLogger(UserFile.class);

  private final PrivateFolder folder;

  UserFile(PrivateFolder folder) {
    this.folder = folder;
  }

  /**
   * The users by name, without those whose line is damaged.
   *
   * @throws IOException if it can't be read
   */
  Map<String, StoredUser> read() throws IOException {
    Properties lines = new Properties();
    Optional<byte[]> content = folder.read(NAME);
    if (content.isPresent()) {
      try {
        lines.load(new StringReader(new String(content.get(), StandardCharsets.UTF_8)));
      } catch (IllegalArgumentException e) {
        throw new IOException(NAME + " is damaged: " + e.getMessage(), e);
      }
    }
    Map<String, StoredUser> users = new TreeMap<>();
    for (String name : lines.stringPropertyNames()) {
      Optional<StoredUser> user = user(name, lines.getProperty(name, ""));
      user.ifPresentOrElse(
          read -> users.put(name, read),
          () -> LOG.warn("User {} can't log in: the line in {} is damaged", name, NAME));
    }
    return users;
  }

  private static Optional<StoredUser> user(String name, String line) {
    int end = line.indexOf(';');
    if (end < 0 || !PasswordHash.isHash(line.substring(end + 1).strip())) {
      return Optional.empty();
    }
    Set<String> roles =
        Arrays.stream(line.substring(0, end).split(",", -1))
            .map(String::strip)
            .filter(role -> !role.isEmpty())
            .collect(Collectors.toSet());
    return Optional.of(StoredUser.of(name, roles, line.substring(end + 1).strip()));
  }

  /** Replaces the file. */
  void write(Map<String, StoredUser> users) throws IOException {
    StringBuilder lines = new StringBuilder("# name = role,role;hash of the password\n");
    for (StoredUser stored : new TreeMap<>(users).values()) {
      lines
          .append(escaped(stored.user().name()))
          .append(" = ")
          .append(String.join(",", new TreeSet<>(stored.user().roles())))
          .append(';')
          .append(stored.hash())
          .append('\n');
    }
    folder.write(NAME, lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String escaped(String name) {
    return name.replaceAll("([\\\\ :=#!])", "\\\\$1");
  }
}
