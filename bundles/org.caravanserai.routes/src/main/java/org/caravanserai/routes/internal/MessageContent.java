package org.caravanserai.routes.internal;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.BaseStream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.caravanserai.camel.TracedMessage.Content;
import org.jspecify.annotations.Nullable;

/** Reads what a message holds without using it up: what can be read once only is not read. */
final class MessageContent {

  private static final int LONGEST_HEADER = 1000;
  private static final int MOST_HEADERS = 100;
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  private MessageContent() {}

  /**
   * What the message of an exchange holds.
   *
   * @param limit how much of the body, in bytes or characters
   */
  static Content of(Exchange exchange, int limit) {
    Object body = exchange.getMessage().getBody();
    Map<String, String> headers = headers(exchange.getMessage().getHeaders());
    String type = body == null ? "null" : body.getClass().getTypeName();
    if (body == null) {
      return new Content(type, Optional.empty(), Optional.of("there is no body"), headers);
    }
    try {
      return body(type, body, limit, headers);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      String why = "it can't be shown: " + e.getClass().getSimpleName();
      return new Content(type, Optional.empty(), Optional.of(why), headers);
    }
  }

  private static Content body(String type, Object body, int limit, Map<String, String> headers)
      throws IOException {
    if (body instanceof byte[] bytes) {
      return bytes(type, ByteBuffer.wrap(bytes), bytes.length, limit, headers);
    }
    if (body instanceof StreamCache cache) {
      return cached(type, cache, limit, headers);
    }
    if (body instanceof WrappedFile<?> file) {
      return told(type, "a file, not read: " + file.getFile(), headers);
    }
    if (body instanceof File file) {
      return told(type, "a file, not read: " + file, headers);
    }
    if (body instanceof InputStream
        || body instanceof Reader
        || body instanceof Iterator<?>
        || body instanceof BaseStream<?, ?>) {
      return told(type, "a stream, not read, for it can be read once only", headers);
    }
    String text = body.toString();
    return text.length() <= limit
        ? new Content(type, Optional.of(text), Optional.empty(), headers)
        : new Content(
            type,
            Optional.of(text.substring(0, limit)),
            Optional.of("the first " + limit + " of " + text.length() + " characters"),
            headers);
  }

  private static Content told(String type, String details, Map<String, String> headers) {
    return new Content(type, Optional.empty(), Optional.of(details), headers);
  }

  private static Content cached(
      String type, StreamCache cache, int limit, Map<String, String> headers) throws IOException {
    long length = cache.length();
    if (!cache.inMemory()) {
      return told(type, "a stream of " + length + " bytes on disk, not read", headers);
    }
    Head head = new Head(limit);
    try {
      cache.writeTo(head);
    } finally {
      cache.reset();
    }
    return bytes(type, head.content(), Math.max(length, head.written), limit, headers);
  }

  private static Content bytes(
      String type, ByteBuffer all, long length, int limit, Map<String, String> headers) {
    ByteBuffer part = all.slice(0, Math.min(limit, all.remaining()));
    boolean isCut = length > part.remaining();
    String text = text(part, isCut);
    if (text == null) {
      return told(type, length + " bytes that are no text", headers);
    }
    Optional<String> details =
        isCut
            ? Optional.of("the first " + part.limit() + " of " + length + " bytes")
            : Optional.empty();
    return new Content(type, Optional.of(text), details, headers);
  }

  /** Bytes as UTF-8; {@code null} if they are no text. The last character may be cut. */
  private static @Nullable String text(ByteBuffer bytes, boolean isCut) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer source = bytes.duplicate();
    CharBuffer chars = CharBuffer.allocate(source.remaining() + 1);
    try {
      var result = decoder.decode(source, chars, !isCut);
      if (result.isError()) {
        result.throwException();
      }
    } catch (CharacterCodingException e) {
      return null;
    }
    String text = chars.flip().toString();
    return text.chars().anyMatch(each -> each < ' ' && !Character.isWhitespace(each)) ? null : text;
  }

  private static Map<String, String> headers(Map<String, Object> given) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, Object> each : given.entrySet()) {
      if (headers.size() == MOST_HEADERS) {
        headers.put("…", given.size() - MOST_HEADERS + " more");
        break;
      }
      headers.put(each.getKey(), header(each.getKey(), each.getValue()));
    }
    return headers;
  }

  private static String header(String name, @Nullable Object value) {
    if (CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
      return "***";
    }
    if (value instanceof InputStream
        || value instanceof Reader
        || value instanceof Iterator<?>
        || value instanceof byte[]) {
      return value.getClass().getTypeName();
    }
    try {
      String text = String.valueOf(value);
      return text.length() <= LONGEST_HEADER ? text : text.substring(0, LONGEST_HEADER) + "…";
    } catch (RuntimeException | StackOverflowError e) {
      return e.getClass().getSimpleName();
    }
  }

  /** Keeps the beginning of what is written, and counts the rest. */
  private static final class Head extends OutputStream {

    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long written;

    Head(int limit) {
      this.limit = limit;
    }

    ByteBuffer content() {
      return ByteBuffer.wrap(kept.toByteArray());
    }

    @Override
    public void write(int each) {
      if (kept.size() < limit) {
        kept.write(each);
      }
      written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      kept.write(bytes, offset, Math.min(length, limit - kept.size()));
      written += length;
    }
  }
}
