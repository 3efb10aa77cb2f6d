package org.caravanserai.security.internal.definition;

import java.util.Map;
import java.util.function.Function;
import org.caravanserai.security.internal.ConstantTime;
import org.jspecify.annotations.Nullable;

/** A key in a header of its own. */
final class ApiKey implements Credentials {

  private final String header;
  private final String key;

  ApiKey(String header, String key) {
    this.header = header;
    this.key = key;
  }

  @Override
  public boolean areIn(Function<String, @Nullable String> headers) {
    String value = headers.apply(header);
    return value != null && ConstantTime.same(key, value, 0);
  }

  /** RFC 9110 wants a challenge with every 401; there is no registered scheme for API keys. */
  @Override
  public String challenge() {
    return "ApiKey header=\"" + header + "\"";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(header, key);
  }
}
