package org.caravanserai.security.internal.definition;

import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.Verdict;
import org.caravanserai.security.internal.ConstantTime;
import org.jspecify.annotations.Nullable;

/**
 * User name and password in the header {@code Authorization}, scheme {@code Basic} (RFC 7617).
 * Callers are told to use UTF-8; older ones that use ISO 8859-1 are understood too.
 */
final class BasicCredentials implements Credentials {

  private final String token;
  private final String challenge;
  private final Verdict.Refused refused;

  BasicCredentials(String username, String password, String realm) {
    token = BasicToken.of(username, password);
    challenge = "Basic realm=" + BasicToken.quoted(realm) + ", charset=\"UTF-8\"";
    refused = Verdict.Refused.unknown(challenge);
  }

  @Override
  public Verdict check(AccessRequest request, Verdict.Admitted admitted) {
    String value = request.header("Authorization");
    if (value == null || !BasicToken.isIn(value)) {
      return refused;
    }
    boolean right =
        ConstantTime.same(token, value, BasicToken.BEGIN)
            || BasicToken.otherSpellings(value).stream()
                .anyMatch(other -> ConstantTime.same(token, other, 0));
    return right ? admitted : refused;
  }

  @Override
  public @Nullable String claimed(AccessRequest request) {
    return BasicToken.claimed(request.header("Authorization"));
  }

  @Override
  public String challenge() {
    return challenge;
  }

  @Override
  public String login(String definition) {
    return token;
  }

  @Override
  public void index(Index index, Verdict.Admitted admitted) {
    index.basic(token, admitted);
  }
}
