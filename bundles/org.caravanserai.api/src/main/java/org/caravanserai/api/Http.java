package org.caravanserai.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The HTTP side of a call that came through an HTTP channel. */
@ProviderType
public interface Http {

  /** The method, in upper case. */
  String method();

  /** The path as it was sent, percent-encoded, without the query. */
  String path();

  /** What the {@code {parameters}} of the channel's path matched, decoded. */
  Map<String, String> pathParameters();

  /** The query's parameters, decoded, in the order in which they were sent. */
  Map<String, List<String>> query();

  /**
   * The first value of a request header.
   *
   * @param name its name, in any case
   */
  Optional<String> header(String name);

  /** All request headers, by lower-case name. */
  Map<String, List<String>> headers();

  /** The address of the caller. */
  String remoteAddress();

  /**
   * Sets the status of a successful answer; without it, it is 200, or 204 when there is nothing to
   * say.
   *
   * @param status 200 to 399
   * @throws IllegalArgumentException if it is out of range
   */
  void status(int status);

  /**
   * Sets a header of the answer.
   *
   * @param name its name; {@code Content-Type} replaces the channel's
   * @param value its value, without line breaks
   * @throws IllegalArgumentException if either has a character that HTTP forbids (RFC 9110, section
   *     5)
   */
  void responseHeader(String name, String value);
}
