package org.caravanserai.security.internal.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what a token says with what it must say. */
final class Claims {

  private final JwtRules rules;

  Claims(JwtRules rules) {
    this.rules = rules;
  }

  /** Judges the claims of a token whose signature is right. */
  JwtResult judge(JWTClaimsSet claims, Instant now) {
    Date expires = claims.getExpirationTime();
    if (expires == null) {
      return new JwtResult.Invalid("the token never expires (it has no exp)");
    }
    Instant end = expires.toInstant().plus(rules.leeway());
    if (!now.isBefore(end)) {
      return new JwtResult.Invalid("the token has expired");
    }
    Date begin = claims.getNotBeforeTime();
    if (begin != null && now.plus(rules.leeway()).isBefore(begin.toInstant())) {
      return new JwtResult.Invalid("the token is not valid yet");
    }
    if (rules.issuer().isPresent() && !rules.issuer().get().equals(claims.getIssuer())) {
      return new JwtResult.Invalid("the token is of another issuer");
    }
    if (!rules.audience().isEmpty()
        && claims.getAudience().stream().noneMatch(rules.audience()::contains)) {
      return new JwtResult.Invalid("the token is for another audience");
    }
    Map<String, Object> all = claims.getClaims();
    for (Map.Entry<String, String> wanted : rules.claims().entrySet()) {
      String name = wanted.getKey();
      if (!values(name, find(all, name)).contains(wanted.getValue())) {
        return new JwtResult.Invalid("the token lacks a required claim: " + name);
      }
    }
    return new JwtResult.Valid(all, end);
  }

  /** A claim of that name, or with dots between them the names of objects inside each other. */
  static @Nullable Object find(Map<?, ?> claims, String name) {
    Object claim = claims.get(name);
    int dot = name.indexOf('.');
    while (claim == null && dot > 0) {
      if (claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
        claim = find(inner, name.substring(dot + 1));
      }
      dot = name.indexOf('.', dot + 1);
    }
    return claim;
  }

  /** What a claim says: each of its list, or the one thing; of a scope, its words. */
  static List<String> values(String name, @Nullable Object claim) {
    if (claim instanceof Collection<?> several) {
      return several.stream().map(String::valueOf).toList();
    }
    if (claim instanceof String text && (name.equals("scope") || name.equals("scp"))) {
      // RFC 8693, section 4.2: one text with spaces
      return List.of(text.split(" ", -1));
    }
    return claim == null ? List.of() : List.of(String.valueOf(claim));
  }

  /** The claims of a token, or why they can't be read. */
  static JWTClaimsSet of(com.nimbusds.jwt.SignedJWT token) throws ParseException {
    JWTClaimsSet claims = token.getJWTClaimsSet();
    if (claims == null) {
      throw new ParseException("no claims", 0);
    }
    return claims;
  }
}
