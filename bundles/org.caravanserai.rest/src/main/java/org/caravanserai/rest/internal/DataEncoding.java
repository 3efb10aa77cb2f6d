package org.caravanserai.rest.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.DataFormat;
import org.jspecify.annotations.Nullable;

/**
 * An encoding of text that is not UTF-8.
 *
 * @param charset the encoding
 */
record DataEncoding(Charset charset) {

  private static final String DECLARED = "encoding='UTF-8'";

  /**
   * The encoding of that name; {@code null} for UTF-8.
   *
   * @throws IllegalArgumentException if there is none, or nothing can be written in it
   */
  static @Nullable DataEncoding of(String name) {
    Charset charset = Charset.forName(name);
    if (!charset.canEncode()) {
      throw new IllegalArgumentException(name + " can't be written");
    }
    return charset.equals(StandardCharsets.UTF_8) ? null : new DataEncoding(charset);
  }

  /**
   * A body in UTF-8.
   *
   * @throws ServiceException with status 400 if it is not in this encoding
   */
  byte[] decode(byte[] body) {
    try {
      CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(body));
      return text.toString().getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new ServiceException(400, "the document is not in " + name(), e);
    }
  }

  /**
   * A document in this encoding. What that can't say is escaped as the format escapes it.
   *
   * @throws ServiceException with status 500 if the format has no escape for it
   */
  byte[] encode(byte[] document, DataFormat format) {
    String text = new String(document, StandardCharsets.UTF_8);
    boolean isXml = format == DataFormat.XML;
    if (isXml && text.startsWith("<?xml") && text.indexOf(DECLARED) < text.indexOf("?>")) {
      text = text.replaceFirst(DECLARED, "encoding='" + name() + "'");
    }
    try {
      ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
      return bytes(bytes);
    } catch (CharacterCodingException e) {
      if (format == DataFormat.CSV) {
        throw new ServiceException(500, "the answer can't be written in " + name(), e);
      }
      return escaped(text, isXml);
    }
  }

  private byte[] escaped(String text, boolean isXml) {
    CharsetEncoder encoder = charset.newEncoder();
    StringBuilder escaped = new StringBuilder(text.length() + 64);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      String character = Character.toString(point);
      i += character.length();
      if (encoder.canEncode(character)) {
        escaped.append(character);
      } else if (isXml) {
        escaped.append("&#").append(point).append(';');
      } else {
        character.chars().forEach(unit -> escaped.append(String.format("\\u%04x", unit)));
      }
    }
    return bytes(charset.encode(escaped.toString()));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** Whether what is of a content type is text. */
  static boolean isText(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("text/") || type.contains("json") || type.contains("xml");
  }

  /** A content type that says so. */
  String contentType(String type) {
    return type.toLowerCase(Locale.ROOT).contains("charset=") ? type : type + "; charset=" + name();
  }

  /** Its name as headers spell it. */
  String name() {
    return charset.name().toLowerCase(Locale.ROOT);
  }
}
