package org.caravanserai.management.internal;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * The cookie of a session (RFC 6265). Cookies do not know ports, so the port is in its name:
 * servers beside each other have one each.
 */
final class SessionCookie {

  private SessionCookie() {}

  private static String name(HttpServletRequest request) {
    return "serai-session-" + request.getLocalPort();
  }

  /** What the browser has. */
  static Optional<String> read(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      String name = name(request);
      for (Cookie each : cookies) {
        if (each.getName().equals(name)) {
          return Optional.of(each.getValue());
        }
      }
    }
    return Optional.empty();
  }

  /** Gives the browser one; it forgets it when it is closed. */
  static void give(HttpServletRequest request, HttpServletResponse response, String id) {
    set(request, response, id, "");
  }

  /** Takes it away. */
  static void take(HttpServletRequest request, HttpServletResponse response) {
    set(request, response, "", "; Max-Age=0");
  }

  private static void set(
      HttpServletRequest request, HttpServletResponse response, String id, String lifetime) {
    String secure = request.isSecure() ? "; Secure" : "";
    response.addHeader(
        "Set-Cookie",
        name(request) + "=" + id + "; Path=/; HttpOnly; SameSite=Strict" + secure + lifetime);
  }
}
