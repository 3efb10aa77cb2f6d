package org.caravanserai.http.internal;

import java.util.List;

/** The paths that belong to the server itself. */
final class Reserved {

  private static final List<String> PREFIXES = List.of("/health", "/pubsub", "/openapi.json");

  private Reserved() {}

  /** Whether a path is one of them, or below one. */
  static boolean covers(String path) {
    for (String prefix : PREFIXES) {
      if (path.startsWith(prefix)
          && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
        return true;
      }
    }
    return false;
  }
}
