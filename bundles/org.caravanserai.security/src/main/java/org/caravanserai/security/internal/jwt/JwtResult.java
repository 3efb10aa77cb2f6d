package org.caravanserai.security.internal.jwt;

import java.time.Instant;
import java.util.Map;

/** What is to be thought of a token. */
public sealed interface JwtResult {

  /**
   * It is right.
   *
   * @param claims what it says, by the names of RFC 7519, section 4
   * @param expires from when on it is not right any more
   */
  record Valid(Map<String, Object> claims, Instant expires) implements JwtResult {}

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
