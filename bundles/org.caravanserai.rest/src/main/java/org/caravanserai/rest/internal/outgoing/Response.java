package org.caravanserai.rest.internal.outgoing;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.api.ServiceException;
import org.caravanserai.rest.RestResponse;
import org.caravanserai.spi.Caller;
import org.eclipse.jetty.http.MimeTypes;
import org.jspecify.annotations.Nullable;

/**
 * An answer as its caller reads it.
 *
 * @param connection the connection's name
 * @param answer what came back
 * @param caller who reads it
 */
record Response(String connection, Answer answer, Caller caller) implements RestResponse {

  @Override
  public int status() {
    return answer.status();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(answer.headers().get(name));
  }

  @Override
  public Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : answer.headers().getFieldNamesCollection()) {
      headers.put(name.toLowerCase(Locale.ROOT), answer.headers().getValuesList(name));
    }
    return headers;
  }

  @Override
  public byte[] bytes() {
    return answer.bytes();
  }

  @Override
  public String text() {
    return new String(answer.bytes(), charset());
  }

  private Charset charset() {
    String type = answer.headers().get("Content-Type");
    String named = type == null ? null : MimeTypes.getCharsetFromContentType(type);
    try {
      return named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  @Override
  public <T> @Nullable T as(Class<T> type) {
    if (answer.bytes().length == 0) {
      return null;
    }
    if (type == String.class) {
      return type.cast(text());
    }
    if (type == byte[].class) {
      return type.cast(bytes());
    }
    if (type == InputStream.class) {
      return type.cast(stream());
    }
    try {
      return caller.fromJson(answer.bytes(), type);
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          502, "The answer of connection " + connection + " does not fit: " + e.getMessage(), e);
    }
  }

  @Override
  public InputStream stream() {
    return answer.stream();
  }

  /** Without the body. */
  @Override
  public String toString() {
    return connection + " answered " + status();
  }
}
