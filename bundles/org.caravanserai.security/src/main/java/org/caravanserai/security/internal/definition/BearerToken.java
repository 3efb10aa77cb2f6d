package org.caravanserai.security.internal.definition;

import java.util.concurrent.CompletableFuture;
import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.Verdict;
import org.caravanserai.security.internal.jwt.JwtResult;
import org.caravanserai.security.internal.jwt.JwtVerifier;
import org.jspecify.annotations.Nullable;

/** A signed token in the header {@code Authorization}, scheme {@code Bearer} (RFC 6750). */
final class BearerToken implements Credentials {

  private static final String SCHEME = "Bearer ";

  private final JwtVerifier verifier;
  private final String challenge;
  private final Verdict.Refused missing;

  BearerToken(JwtVerifier verifier, String realm) {
    this.verifier = verifier;
    this.challenge = "Bearer realm=" + BasicToken.quoted(realm);
    this.missing = Verdict.Refused.unknown(challenge);
  }

  @Override
  public Verdict check(AccessRequest request, Verdict.Admitted admitted) {
    String value = request.header("Authorization");
    if (value == null || !isIn(value)) {
      return missing;
    }
    CompletableFuture<JwtResult> result = verifier.verify(value.substring(SCHEME.length()).strip());
    JwtResult now = result.getNow(null);
    return now == null
        ? new Verdict.Pending(result.thenApply(later -> verdict(later, admitted)))
        : verdict(now, admitted);
  }

  private Verdict verdict(JwtResult result, Verdict.Admitted admitted) {
    if (result instanceof JwtResult.Invalid invalid) {
      return new Verdict.Refused(
          401,
          challenge
              + ", error=\"invalid_token\", error_description="
              + BasicToken.quoted(invalid.reason()),
          invalid.reason());
    }
    if (result instanceof JwtResult.Unknown unknown) {
      return new Verdict.Refused(503, null, unknown.reason());
    }
    return admitted;
  }

  @Override
  public @Nullable String claimed(AccessRequest request) {
    return isIn(request.header("Authorization")) ? "" : null;
  }

  /** Whether a header {@code Authorization} is of this scheme. */
  static boolean isIn(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  @Override
  public String challenge() {
    return challenge;
  }

  @Override
  public @Nullable String login(String definition) {
    return null;
  }

  @Override
  public void index(Index index, Verdict.Admitted admitted) {
    index.bearer(this, admitted);
  }
}
