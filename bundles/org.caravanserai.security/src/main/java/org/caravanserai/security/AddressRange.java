package org.caravanserai.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses that begin alike (CIDR, RFC 4632 and RFC 4291, section 2.3). */
public final class AddressRange {

  private static final Pattern IPV4 =
      Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final byte[] prefix;
  private final int bits;
  private final String text;

  private AddressRange(byte[] prefix, int bits, String text) {
    this.prefix = prefix;
    this.bits = bits;
    this.text = text;
  }

  /**
   * Reads a range: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address.
   *
   * @throws IllegalArgumentException if it is none; the message says so
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(
          "expected addresses such as 10.0.0.0/8 or 2001:db8::/32, found " + text);
    }
    byte[] prefix = address.getAddress();
    int bits = prefix.length * Byte.SIZE;
    if (slash >= 0) {
      try {
        int given = Integer.parseInt(text.substring(slash + 1));
        if (given < 0 || given > bits) {
          throw new IllegalArgumentException(
              "expected 0 to " + bits + " bits behind the slash, found " + text);
        }
        bits = given;
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("expected a number behind the slash, found " + text, e);
      }
    }
    return new AddressRange(prefix, bits, text);
  }

  /** The address that a text spells; {@code null} if it spells none. Asks no name server. */
  public static @Nullable InetAddress address(String text) {
    String plain =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (!IPV4.matcher(plain).matches() && !IPV6.matcher(plain).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(plain);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Whether it has every IPv4 address. */
  public boolean isAnyIpv4() {
    return prefix.length == 4 && bits == 0;
  }

  /** Whether it has an address. */
  public boolean contains(InetAddress address) {
    return contains(address.getAddress());
  }

  /** Whether it has an address, by its bytes. */
  public boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    int whole = bits >>> 3;
    for (int i = 0; i < whole; i++) {
      if (address[i] != prefix[i]) {
        return false;
      }
    }
    int rest = bits & 7;
    return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >>> (8 - rest) == 0;
  }

  /** The range as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
