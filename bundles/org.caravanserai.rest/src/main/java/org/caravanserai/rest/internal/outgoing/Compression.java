package org.caravanserai.rest.internal.outgoing;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** How an answer's body may be compressed (RFC 9110, section 8.4.1), and how that is undone. */
enum Compression {

  /** RFC 1952. */
  GZIP,
  /** RFC 1950; servers that send RFC 1951 without its frame are understood as well. */
  DEFLATE;

  /** What a request says that takes any of them. */
  static final String ACCEPTED = "gzip, deflate";

  private static final int BUFFER = 8 * 1024;

  /** An answer is larger than it may be. */
  static final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    TooLargeException(int most) {
      super("more than " + most + " bytes once it is decoded");
    }
  }

  /** The compression of an answer; {@code null} if there is none, or none that was asked for. */
  static @Nullable Compression of(HttpFields headers) {
    String encoding = headers.get(HttpHeader.CONTENT_ENCODING);
    return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      default -> null;
    };
  }

  /** The headers of an answer that is decoded: they tell of its body as it is read. */
  static HttpFields decoded(HttpFields headers) {
    return HttpFields.build(headers)
        .remove(HttpHeader.CONTENT_ENCODING)
        .remove(HttpHeader.CONTENT_LENGTH)
        .asImmutable();
  }

  /**
   * Decodes a whole body.
   *
   * @param most how many bytes it may have once it is decoded
   * @throws TooLargeException if there are more; no more than that is ever decoded
   * @throws IOException if it can't be decoded
   */
  byte[] decode(byte[] body, int most) throws IOException {
    try (InputStream decoded = new Decoded(new ByteArrayInputStream(body))) {
      byte[] bytes = decoded.readNBytes(most);
      if (decoded.read() >= 0) {
        throw new TooLargeException(most);
      }
      return bytes;
    }
  }

  /** Decodes a body while it is read. */
  InputStream decode(InputStream body) {
    return new Decoded(body);
  }

  private InputStream open(InputStream body) throws IOException {
    BufferedInputStream begin = new BufferedInputStream(body, BUFFER);
    begin.mark(2);
    int first = begin.read();
    int second = begin.read();
    begin.reset();
    if (first < 0) {
      return begin;
    }
    if (this == GZIP) {
      return new GZIPInputStream(begin, BUFFER);
    }
    boolean framed = (first & 0x0f) == 8 && ((first << 8) | second) % 31 == 0;
    return new Inflation(begin, new Inflater(!framed));
  }

  /** Frees its inflater, which is its own. */
  private static final class Inflation extends InflaterInputStream {

    Inflation(InputStream body, Inflater inflater) {
      super(body, inflater, BUFFER);
    }

    @Override
    public void close() throws IOException {
      inf.end();
      super.close();
    }
  }

  /** Begins when it is read: the body's first bytes may be long in coming. */
  private final class Decoded extends InputStream {

    private final InputStream body;
    private @Nullable InputStream decoded;

    Decoded(InputStream body) {
      this.body = body;
    }

    private InputStream opened() throws IOException {
      InputStream known = decoded;
      if (known == null) {
        known = open(body);
        decoded = known;
      }
      return known;
    }

    @Override
    public int read() throws IOException {
      return opened().read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return opened().read(into, offset, length);
    }

    @Override
    public void close() throws IOException {
      InputStream known = decoded;
      if (known == null) {
        body.close();
      } else {
        known.close();
      }
    }
  }
}
