package org.caravanserai.http.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/** Makes messages of frames (RFC 6455, section 5.4). Used by one thread at a time. */
final class MessageAssembly {

  private final int limit;
  private @Nullable ByteArrayOutputStream parts;
  private long size;
  private boolean text;

  /**
   * An assembly for message after message.
   *
   * @param limit how many bytes one may have
   */
  MessageAssembly(int limit) {
    this.limit = limit;
  }

  /** Takes a frame of a message; of one that is too large only its length. */
  void add(Frame frame) {
    if (frame.getOpCode() != OpCode.CONTINUATION) {
      text = frame.getOpCode() == OpCode.TEXT;
      size = 0;
      parts = null;
    }
    size += frame.getPayloadLength();
    if (isTooLarge()) {
      parts = null;
    } else if (frame.hasPayload()) {
      if (parts == null) {
        parts = new ByteArrayOutputStream(frame.getPayloadLength());
      }
      byte[] payload = BufferUtil.toArray(frame.getPayload());
      parts.write(payload, 0, payload.length);
    }
  }

  /** Whether the message that is coming has more bytes than it may. */
  boolean isTooLarge() {
    return size > limit;
  }

  /** Whether the message is one of text. */
  boolean isText() {
    return text;
  }

  /** The bytes of the message, which are forgotten here. */
  byte[] take() {
    ByteArrayOutputStream all = parts;
    parts = null;
    size = 0;
    return all == null ? new byte[0] : all.toByteArray();
  }

  /**
   * The text that bytes are.
   *
   * @throws CharacterCodingException if they are not UTF-8
   */
  static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
