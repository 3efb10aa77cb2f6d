package org.caravanserai.rest.internal;

import java.util.Locale;
import org.caravanserai.runtime.DataFormat;
import org.jspecify.annotations.Nullable;

/** Which format a body is in, by its channel and its {@code Content-Type}. */
final class BodyFormat {

  private static final String FORM = "application/x-www-form-urlencoded";

  private BodyFormat() {}

  /**
   * The format in which a body is to be read; {@code null} if the channel does not take it.
   *
   * <p>A JSON channel also takes forms, since that is what a browser sends.
   *
   * @param contentType the header, {@code null} if there was none
   * @param encoding the channel's encoding, {@code null} for UTF-8
   */
  static @Nullable DataFormat of(
      DataFormat channel, @Nullable String contentType, @Nullable DataEncoding encoding) {
    if (contentType == null || channel == DataFormat.RAW) {
      return channel;
    }
    int semicolon = contentType.indexOf(';');
    String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    if (semicolon >= 0 && !isKnown(charset(contentType, semicolon), encoding)) {
      return null;
    }
    if (channel == DataFormat.XML || channel == DataFormat.CSV) {
      return isXmlOrCsv(channel, type.toLowerCase(Locale.ROOT)) ? channel : null;
    }
    if (type.equalsIgnoreCase(FORM)) {
      return DataFormat.FORM;
    }
    return channel == DataFormat.JSON && isJson(type) ? DataFormat.JSON : null;
  }

  private static boolean isJson(String type) {
    if (type.equalsIgnoreCase("application/json")) {
      return true;
    }
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.endsWith("+json") || lower.equals("text/json") || lower.equals("text/plain");
  }

  private static boolean isXmlOrCsv(DataFormat channel, String type) {
    return channel == DataFormat.XML
        ? type.equals("application/xml") || type.equals("text/xml") || type.endsWith("+xml")
        : type.equals("text/csv") || type.equals("text/plain");
  }

  /** Whether a header says that a body is in UTF-8. */
  static boolean saysUtf8(@Nullable String contentType) {
    int semicolon = contentType == null ? -1 : contentType.indexOf(';');
    return contentType != null && semicolon >= 0 && isUtf8(charset(contentType, semicolon));
  }

  private static boolean isKnown(String charset, @Nullable DataEncoding encoding) {
    return charset.isEmpty()
        || isUtf8(charset)
        || (encoding != null && charset.equals(encoding.name()));
  }

  private static boolean isUtf8(String charset) {
    return charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
  }

  /** The parameter {@code charset} in lower case; empty if there is none. */
  private static String charset(String contentType, int semicolon) {
    String parameters = contentType.substring(semicolon).toLowerCase(Locale.ROOT);
    int start = parameters.indexOf("charset=");
    if (start < 0) {
      return "";
    }
    int end = parameters.indexOf(';', start);
    return parameters
        .substring(start + "charset=".length(), end < 0 ? parameters.length() : end)
        .replace("\"", "")
        .strip();
  }

  /**
   * The format of a body on a JSON channel that says it is a form: {@code curl -d} says so of
   * anything, and no form begins with a brace or bracket.
   */
  static DataFormat ofForm(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{' || b == '[' ? DataFormat.JSON : DataFormat.FORM;
      }
    }
    return DataFormat.FORM;
  }

  /** What a channel takes, in words. */
  static String accepted(DataFormat channel, @Nullable DataEncoding encoding) {
    String types =
        switch (channel) {
          case JSON -> "application/json or " + FORM;
          case XML -> "application/xml";
          case CSV -> "text/csv";
          case FORM, RAW -> FORM;
        };
    return types + ", in UTF-8" + (encoding == null ? "" : " or " + encoding.name());
  }
}
