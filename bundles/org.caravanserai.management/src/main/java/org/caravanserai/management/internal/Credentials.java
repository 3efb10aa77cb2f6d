package org.caravanserai.management.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.caravanserai.security.User;
import org.caravanserai.security.Users;
import org.jspecify.annotations.Nullable;

/** What an {@code Authorization} header says. */
sealed interface Credentials {

  /**
   * The user for whom they stand, if they are right.
   *
   * @param address where the request comes from
   */
  Optional<User> verify(Users users, String address);

  /** Whose they say they are. */
  String claimed();

  /** A name and a password (RFC 7617). */
  record Basic(String name, char[] password) implements Credentials {
    @Override
    public Optional<User> verify(Users users, String address) {
      return users.authenticate(name, password, address);
    }

    @Override
    public String claimed() {
      return name;
    }
  }

  /** A token, that of local scripts or one of an issuer (RFC 6750). */
  record Bearer(String token) implements Credentials {
    @Override
    public Optional<User> verify(Users users, String address) {
      return users.authenticateBearer(token, address);
    }

    @Override
    public String claimed() {
      return "";
    }
  }

  /** Reads the header; empty if there is none or it is of no form that is taken here. */
  static Optional<Credentials> read(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.of(new Bearer(header.substring(7).strip()));
    }
    if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return basic(header.substring(6).strip());
    }
    return Optional.empty();
  }

  private static Optional<Credentials> basic(String encoded) {
    CharBuffer pair;
    try {
      pair = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int colon = pair.toString().indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String name = pair.subSequence(0, colon).toString();
    char[] password = new char[pair.length() - colon - 1];
    pair.subSequence(colon + 1, pair.length()).get(password);
    return Optional.of(new Basic(name, password));
  }
}
