package org.caravanserai.http.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket on which a test says exactly what it wants. */
final class RawWebSocket implements AutoCloseable {

  static final String HANDSHAKE =
      String.join(
          "\r\n",
          "Host: x",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");

  /** A frame that came. */
  record Frame(int first, byte[] payload) {

    int opCode() {
      return first & 0xf;
    }

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int closeCode() {
      return ByteBuffer.wrap(payload).getShort();
    }
  }

  private final RawConnection connection;

  RawWebSocket(int port, String path) throws IOException {
    connection = new RawConnection(port);
    int status =
        connection.send("GET " + path + " HTTP/1.1\r\n" + HANDSHAKE + "\r\n").answer().status();
    if (status != 101) {
      throw new IOException("status " + status);
    }
  }

  RawWebSocket text(String text) throws IOException {
    return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a frame as clients do, with a mask. */
  RawWebSocket frame(int first, byte[] payload) throws IOException {
    byte[] mask = {1, 2, 3, 4};
    byte[] masked = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      masked[i] = (byte) (payload[i] ^ mask[i % 4]);
    }
    return bytes(join(head(first, payload.length, true), mask, masked));
  }

  /** Sends the first bytes of a frame. */
  RawWebSocket header(int first, long length, boolean masked) throws IOException {
    return bytes(head(first, length, masked));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] head(int first, long length, boolean masked) {
    ByteBuffer header = ByteBuffer.allocate(10);
    int maskBit = masked ? 0x80 : 0;
    header.put((byte) first);
    if (length < 126) {
      header.put((byte) (maskBit | (int) length));
    } else if (length < 65536) {
      header.put((byte) (maskBit | 126)).putShort((short) length);
    } else {
      header.put((byte) (maskBit | 127)).putLong(length);
    }
    byte[] bytes = new byte[header.position()];
    header.flip().get(bytes);
    return bytes;
  }

  RawWebSocket bytes(byte[] bytes) throws IOException {
    connection.send(bytes);
    return this;
  }

  Frame read() throws IOException {
    byte[] start = connection.read(2);
    long length = start[1] & 0x7f;
    if (length == 126) {
      length = ByteBuffer.wrap(connection.read(2)).getShort() & 0xffff;
    } else if (length == 127) {
      length = ByteBuffer.wrap(connection.read(8)).getLong();
    }
    return new Frame(start[0] & 0xff, connection.read((int) length));
  }

  /** Reads a text, whatever frames it comes in. */
  String readText() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Frame frame;
    do {
      frame = read();
      if (frame.opCode() > 2) {
        throw new IOException("not a text, but " + frame.opCode());
      }
      text.write(frame.payload());
    } while ((frame.first() & 0x80) == 0);
    return text.toString(StandardCharsets.UTF_8);
  }

  boolean isAtEnd() throws IOException {
    return connection.isAtEnd();
  }

  void abort() throws IOException {
    connection.abort();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
