package org.caravanserai.security.internal.oidc;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.caravanserai.security.Role;
import org.caravanserai.security.User;
import org.caravanserai.security.internal.jwt.JwtResult;

/** Makes a user of what a right token says. */
final class TokenRoles {

  private static final int LONGEST_NAME = 200;

  private final List<String> nameClaims;
  private final String rolesClaim;
  private final Map<String, String> roles = new HashMap<>();
  private final Set<String> rolesOfAll;
  private final String host;

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException if they make no sense; the message says which
   */
  TokenRoles(OidcSettings settings) {
    nameClaims = List.of(settings.name__claim(), "sub");
    rolesClaim = settings.roles__claim();
    for (String pair : parts(settings.roles())) {
      int equals = pair.lastIndexOf('=');
      String role = pair.substring(equals + 1).strip();
      if (equals < 1 || Role.of(role).isEmpty()) {
        throw new IllegalArgumentException("roles: expected value=role, not " + pair);
      }
      roles.put(pair.substring(0, equals).strip(), role);
    }
    String forAll = settings.role__for__all();
    if (!forAll.isEmpty() && Role.of(forAll).isEmpty()) {
      throw new IllegalArgumentException("role_for_all: expected one of " + Role.words());
    }
    rolesOfAll = forAll.isEmpty() ? Set.of() : Set.of(forAll);
    String issuerHost = URI.create(settings.issuer()).getHost();
    host = issuerHost == null ? settings.issuer() : issuerHost;
  }

  /** The values of a setting, which have commas between them. */
  static List<String> parts(String... values) {
    return Stream.of(values)
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** Who it is. */
  TokenVerdict user(JwtResult.Valid token) {
    String name =
        nameClaims.stream()
            .map(token::claim)
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .findFirst()
            .orElse("");
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.codePoints().anyMatch(Character::isISOControl)) {
      return new TokenVerdict.Refused("the token has no usable name");
    }
    Set<String> given = new TreeSet<>(rolesOfAll);
    token.values(rolesClaim).stream().map(roles::get).filter(Objects::nonNull).forEach(given::add);
    // A name that is typed has no colon (RFC 7617): no local user and none of LDAP is called so.
    String shown = "oidc:" + name + "@" + host;
    return given.isEmpty()
        ? new TokenVerdict.Refused(shown + " has no role of this server")
        : new TokenVerdict.Known(new User(shown, Set.copyOf(given)));
  }
}
