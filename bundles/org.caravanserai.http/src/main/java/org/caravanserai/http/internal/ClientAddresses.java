package org.caravanserai.http.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.caravanserai.security.AddressRange;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose a request is: the other end of the connection, or who that says it is if it is a
 * trusted proxy. Of a chain of proxies the last address counts that is not a trusted proxy's: what
 * stands before it anybody may have written.
 */
final class ClientAddresses {

  private static final String FORWARDED = "org.caravanserai.client";
  private static final InetAddress NOBODY = InetAddress.getLoopbackAddress();

  private final List<AddressRange> trusted;
  private final String header;
  private final boolean standard;

  private ClientAddresses(List<AddressRange> trusted, String header) {
    this.trusted = trusted;
    this.header = header;
    this.standard = header.equalsIgnoreCase("Forwarded");
  }

  /**
   * As the settings say.
   *
   * @throws IllegalArgumentException if they make no sense; the message says why
   */
  static ClientAddresses of(HttpSettings settings) {
    String header = settings.forwarded__header().strip();
    if (!header.equalsIgnoreCase("Forwarded") && !header.equalsIgnoreCase("X-Forwarded-For")) {
      throw new IllegalArgumentException(
          "forwarded_header is X-Forwarded-For or Forwarded, found " + header);
    }
    // A configuration file has one text where the settings have a list.
    List<AddressRange> trusted =
        Arrays.stream(String.join(",", settings.trusted__proxies()).split(",", -1))
            .map(String::strip)
            .filter(range -> !range.isEmpty())
            .map(AddressRange::parse)
            .toList();
    return new ClientAddresses(trusted, header);
  }

  /** The address of the caller. */
  InetAddress of(Request request) {
    InetAddress told = told(request);
    return told == null ? peer(request) : told;
  }

  /** The same in text. */
  String textOf(Request request) {
    InetAddress told = told(request);
    return told == null ? Request.getRemoteAddr(request) : told.getHostAddress();
  }

  /** Whether it came through a trusted proxy. */
  boolean isForwarded(Request request) {
    return told(request) != null;
  }

  private static InetAddress peer(Request request) {
    InetAddress peer =
        request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress socket
            ? socket.getAddress()
            : null;
    return peer == null ? NOBODY : peer;
  }

  private @Nullable InetAddress told(Request request) {
    if (trusted.isEmpty()) {
      return null;
    }
    if (request.getAttribute(FORWARDED) instanceof InetAddress known) {
      return known;
    }
    if (!isTrusted(peer(request))) {
      return null;
    }
    InetAddress told = read(request);
    if (told != null) {
      request.setAttribute(FORWARDED, told);
    }
    return told;
  }

  private boolean isTrusted(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (AddressRange range : trusted) {
      if (range.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable InetAddress read(Request request) {
    List<String> hops = new ArrayList<>();
    for (HttpField field : request.getHeaders()) {
      if (field.is(header) && field.getValue() != null) {
        hops.addAll(Arrays.asList(field.getValue().split(",", -1)));
      }
    }
    InetAddress last = null;
    for (int i = hops.size() - 1; i >= 0; i--) {
      InetAddress hop = address(standard ? node(hops.get(i)) : hops.get(i).strip());
      if (hop == null) {
        return last;
      }
      last = hop;
      if (!isTrusted(hop)) {
        return last;
      }
    }
    return last;
  }

  /** The node of a forwarded-element (RFC 7239, section 4); empty if it has none. */
  private static String node(String element) {
    for (String pair : element.split(";", -1)) {
      String text = pair.strip();
      if (text.toLowerCase(Locale.ROOT).startsWith("for=")) {
        return text.substring(4).replace("\"", "").strip();
      }
    }
    return "";
  }

  /** An address, perhaps with a port behind it; {@code null} if a text is none. */
  private static @Nullable InetAddress address(String text) {
    int bracket = text.indexOf(']');
    if (bracket > 0) {
      return AddressRange.address(text.substring(0, bracket + 1));
    }
    int colon = text.indexOf(':');
    boolean port = colon > 0 && colon == text.lastIndexOf(':');
    return AddressRange.address(port ? text.substring(0, colon) : text);
  }
}
