package org.caravanserai.deploy.internal.compile;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;

/** Reads the bytes of a source as text. */
final class SourceText {

  private SourceText() {}

  /**
   * The text, without a byte order mark.
   *
   * @throws RejectedException if it is not UTF-8, or no text at all
   */
  static String decode(String fileName, byte[] source) throws RejectedException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(source);
    CharBuffer out = CharBuffer.allocate(source.length);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      throw refused(
          fileName,
          out,
          out.length(),
          String.format("not UTF-8: byte 0x%02X has no place here", source[in.position()]));
    }
    String text = out.toString();
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw refused(fileName, text, nul, "not a Java source: it has a NUL character");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static RejectedException refused(
      String fileName, CharSequence text, int offset, String message) {
    Place place = Place.of(text, offset);
    return new RejectedException(
        Stage.COMPILE, Diagnostic.error(fileName, place.line(), place.column(), message));
  }
}
