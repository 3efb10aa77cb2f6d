package org.caravanserai.security.internal.jwt;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be thought of a token. */
public sealed interface JwtResult {

  /**
   * It is right.
   *
   * @param claims what it says, by the names of RFC 7519, section 4
   * @param expires from when on it is not right any more
   */
  record Valid(Map<String, Object> claims, Instant expires) implements JwtResult {

    /** A claim; {@code a.b} is {@code b} inside {@code a}, unless one is called so. */
    public @Nullable Object claim(String name) {
      return Claims.find(claims, name);
    }

    /** What a claim says: each of its list, or the one thing; of a scope, its words. */
    public List<String> values(String name) {
      return Claims.values(name, claim(name));
    }
  }

  /**
   * It is wrong.
   *
   * @param reason why, in words that its bearer may read
   */
  record Invalid(String reason) implements JwtResult {}

  /**
   * Nobody can tell now, since the issuer's keys can't be had.
   *
   * @param reason why, in words that its bearer may read
   */
  record Unknown(String reason) implements JwtResult {}
}
