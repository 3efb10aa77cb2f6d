package org.caravanserai.security.internal.definition;

import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.Verdict;
import org.caravanserai.security.internal.ConstantTime;
import org.jspecify.annotations.Nullable;

/** A key in a header of its own. */
final class ApiKey implements Credentials {

  /** The header where none is named. */
  static final String HEADER = "X-API-Key";

  private final String header;
  private final String key;
  private final String challenge;
  private final Verdict.Refused refused;

  ApiKey(String header, String key) {
    this.header = header;
    this.key = key;
    // RFC 9110 wants a challenge with every 401; there is no registered scheme for API keys.
    this.challenge = "ApiKey header=\"" + header + "\"";
    this.refused = Verdict.Refused.unknown(challenge);
  }

  @Override
  public Verdict check(AccessRequest request, Verdict.Admitted admitted) {
    String value = request.header(header);
    return value != null && ConstantTime.same(key, value, 0) ? admitted : refused;
  }

  @Override
  public @Nullable String claimed(AccessRequest request) {
    return request.header(header) == null ? null : "";
  }

  @Override
  public String challenge() {
    return challenge;
  }

  @Override
  public String login(String definition) {
    return BasicToken.of(definition, key);
  }

  @Override
  public void index(Index index, Verdict.Admitted admitted) {
    index.apiKey(header, key, admitted);
  }
}
