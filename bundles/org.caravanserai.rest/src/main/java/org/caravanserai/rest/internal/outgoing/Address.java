package org.caravanserai.rest.internal.outgoing;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address of an outgoing connection: texts and the names of parameters between them.
 *
 * @param texts the fixed parts, percent-encoded, one more than there are names
 * @param names the names of the parameters of the path
 */
record Address(List<String> texts, List<String> names) {

  /**
   * Reads an address.
   *
   * @param host such as {@code https://api.example.com/v1}
   * @param path such as <code>/orders/{id}</code>
   * @throws IllegalArgumentException if they make no sense; the message says why
   */
  static Address parse(String host, String path) {
    checkHost(host);
    if (!path.isEmpty() && !path.startsWith("/")) {
      throw new IllegalArgumentException("must begin with /");
    }
    List<String> texts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    String all = (host.endsWith("/") ? host.substring(0, host.length() - 1) : host) + path;
    int begin = 0;
    for (int open = all.indexOf('{'); open >= 0; open = all.indexOf('{', begin)) {
      int close = all.indexOf('}', open);
      if (close < 0 || close == open + 1) {
        throw new IllegalArgumentException("a parameter must look like {name}");
      }
      texts.add(all.substring(begin, open));
      names.add(all.substring(open + 1, close));
      begin = close + 1;
    }
    texts.add(all.substring(begin));
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("a parameter stands in it twice");
    }
    checkPath(String.join("x", texts));
    return new Address(List.copyOf(texts), List.copyOf(names));
  }

  /**
   * Refuses what is no address of an HTTP server.
   *
   * @throws IllegalArgumentException that says what is expected
   */
  static void checkHost(String host) {
    URI uri;
    try {
      uri = URI.create(host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected an address such as https://api.example.com", e);
    }
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if ((!http && !"https".equalsIgnoreCase(uri.getScheme()))
        || uri.getHost() == null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("expected an address such as https://api.example.com");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "must hold no user or password: they belong into a security definition");
    }
  }

  private static void checkPath(String address) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be percent-encoded, without spaces and control characters", e);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must hold no query: parameters are given by calls");
    }
  }

  /**
   * The address of a request.
   *
   * @param more what follows the path, percent-encoded
   * @param params parameters of the path and of the query
   * @throws IllegalArgumentException if one of the path is missing or can't stand there
   */
  URI of(String more, Map<String, Object> params) {
    StringBuilder address = new StringBuilder(texts.get(0));
    for (int i = 0; i < names.size(); i++) {
      address.append(segment(names.get(i), params.get(names.get(i)))).append(texts.get(i + 1));
    }
    if (!more.isEmpty()) {
      boolean slash = address.charAt(address.length() - 1) == '/';
      if (slash && more.startsWith("/")) {
        address.setLength(address.length() - 1);
      } else if (!slash && !more.startsWith("/")) {
        address.append('/');
      }
      address.append(more);
    }
    Set<String> inPath = Set.copyOf(names);
    char divider = '?';
    for (Map.Entry<String, Object> param : params.entrySet()) {
      if (!inPath.contains(param.getKey())) {
        for (Object value : values(param.getValue())) {
          address
              .append(divider)
              .append(encode(param.getKey()))
              .append('=')
              .append(encode(String.valueOf(value)));
          divider = '&';
        }
      }
    }
    return URI.create(address.toString());
  }

  private static Collection<?> values(Object value) {
    return value instanceof Collection<?> several ? several : List.of(value);
  }

  private static String segment(String name, @Nullable Object value) {
    Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (present == null) {
      throw new IllegalArgumentException("the parameter " + name + " of the path is missing");
    }
    String text = present.toString();
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException(
          "the parameter " + name + " of the path must not be empty or dots");
    }
    return encode(text);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** The address without parameters and what follows them, for a ping. */
  URI bare() {
    String first = texts.get(0);
    return URI.create(names.isEmpty() ? first : first.substring(0, first.lastIndexOf('/') + 1));
  }
}
