package org.caravanserai.security.internal.jwt;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a token must say to be right.
 *
 * @param issuer who must have issued it
 * @param audience whom it may be meant for, one of these; empty for anybody
 * @param claims what it must say besides, by the claims' names
 * @param algorithms how it may be signed, by the names of RFC 7518, section 3.1, and RFC 8037
 * @param leeway by how much clocks may differ
 */
public record JwtRules(
    Optional<String> issuer,
    List<String> audience,
    Map<String, String> claims,
    Set<String> algorithms,
    Duration leeway) {

  /**
   * The algorithms that there are: signatures by a private key only. A key that everybody knows
   * must never do as the secret of an HMAC, and {@code none} is no signature.
   */
  public static final Set<String> ALGORITHMS =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  /** Keeps its own copies, and refuses algorithms that there are not. */
  public JwtRules {
    audience = List.copyOf(audience);
    claims = Map.copyOf(claims);
    algorithms = Set.copyOf(algorithms);
    if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
      throw new IllegalArgumentException("expected algorithms of " + ALGORITHMS);
    }
  }
}
