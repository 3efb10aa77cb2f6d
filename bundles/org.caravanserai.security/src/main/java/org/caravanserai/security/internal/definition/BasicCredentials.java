package org.caravanserai.security.internal.definition;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.caravanserai.security.internal.ConstantTime;
import org.jspecify.annotations.Nullable;

/**
 * User name and password in the header {@code Authorization}, scheme {@code Basic} (RFC 7617).
 * Callers are told to use UTF-8; older ones that use ISO 8859-1 are understood too.
 */
final class BasicCredentials implements Credentials {

  private static final String SCHEME = "Basic ";

  private final String token;
  private final byte[] utf8;
  private final byte[] latin1;
  private final String challenge;

  BasicCredentials(String username, String password, String realm) {
    String both = username + ":" + password;
    utf8 = both.getBytes(StandardCharsets.UTF_8);
    Charset older = StandardCharsets.ISO_8859_1;
    latin1 = older.newEncoder().canEncode(both) ? both.getBytes(older) : utf8;
    token = Base64.getEncoder().encodeToString(utf8);
    challenge =
        "Basic realm=\""
            + realm.replace("\\", "\\\\").replace("\"", "\\\"")
            + "\", charset=\"UTF-8\"";
  }

  @Override
  public boolean areIn(Function<String, @Nullable String> headers) {
    String value = headers.apply("Authorization");
    if (value == null || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    return ConstantTime.same(token, value, SCHEME.length()) || spellOut(value);
  }

  /** The same credentials, encoded in a way that most callers do not use. */
  private boolean spellOut(String value) {
    byte[] sent;
    try {
      sent = Base64.getDecoder().decode(value.substring(SCHEME.length()).strip());
    } catch (IllegalArgumentException e) {
      return false;
    }
    return MessageDigest.isEqual(sent, utf8) || MessageDigest.isEqual(sent, latin1);
  }

  @Override
  public String challenge() {
    return challenge;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Authorization", SCHEME + token);
  }
}
