package org.caravanserai.rest;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The answer of another system, whatever its status. */
@ProviderType
public interface RestResponse {

  /** The HTTP status. */
  int status();

  /** Whether the status is below 400. */
  default boolean ok() {
    return status() < 400;
  }

  /**
   * The first value of a header.
   *
   * @param name its name, in any case
   */
  Optional<String> header(String name);

  /** All headers, by lower-case name. */
  Map<String, List<String>> headers();

  /** The body; empty if there is none. */
  byte[] bytes();

  /** The body as text, in the charset that it names, else in UTF-8. */
  String text();

  /**
   * The body in a class, read from JSON as a service's input is; {@code String}, {@code byte[]} and
   * {@code InputStream} get it as it is.
   *
   * @return {@code null} if there is no body, or it is JSON's {@code null}
   * @throws org.caravanserai.api.ServiceException with status 502 if it does not fit
   */
  <T> @Nullable T as(Class<T> type);

  /** The body, to be read once when the response was opened as a stream. */
  InputStream stream();
}
