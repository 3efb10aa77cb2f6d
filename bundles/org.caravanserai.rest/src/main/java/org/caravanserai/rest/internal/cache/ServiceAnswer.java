package org.caravanserai.rest.internal.cache;

import java.util.Locale;
import java.util.Map;

/**
 * A whole answer of a service with status 200.
 *
 * @param contentType what it is
 * @param content its bytes; nobody changes them
 * @param headers the headers that the service has set
 */
public record ServiceAnswer(String contentType, byte[] content, Map<String, String> headers) {

  /** Whether others than the caller may have it (RFC 9111, section 3). */
  boolean isForMany(CachePolicy policy) {
    if (content.length > policy.maxBodySize()) {
      return false;
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String value = header.getValue().toLowerCase(Locale.ROOT);
      boolean isFine =
          switch (header.getKey().toLowerCase(Locale.ROOT)) {
            case "set-cookie" -> false;
            case "cache-control" ->
                !value.contains("no-store")
                    && !value.contains("no-cache")
                    && !value.contains("private");
            case "vary" -> variesAsKnown(value, policy);
            default -> true;
          };
      if (!isFine) {
        return false;
      }
    }
    return true;
  }

  private static boolean variesAsKnown(String vary, CachePolicy policy) {
    for (String name : vary.split(",", -1)) {
      if (!policy.variesBy(name.strip())) {
        return false;
      }
    }
    return true;
  }
}
