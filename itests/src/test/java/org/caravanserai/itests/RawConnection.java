package org.caravanserai.itests;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A keep-alive connection on a plain socket. It retries nothing, unlike the JDK's client, so that a
 * connection which the server ends, resets or leaves hanging is an exception here.
 */
final class RawConnection implements Closeable {

  /** An answer that was read to its last byte. */
  record Answer(int status, String body) {}

  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  RawConnection(URI server) throws IOException {
    // A small window lets the server feel that its reader is slow.
    socket.setReceiveBufferSize(32 * 1024);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()), TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A GET, answered. */
  Answer get(String path) throws IOException {
    open("GET", path);
    return answer();
  }

  /** Sends the head of a request; further headers are whole lines. */
  void open(String method, String path, String... headers) throws IOException {
    String head =
        method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers);
    write(head + (headers.length == 0 ? "\r\n" : "\r\n\r\n"));
  }

  /** Sends a part of a chunked body. */
  void chunk(String content) throws IOException {
    write(Integer.toHexString(content.length()) + "\r\n" + content + "\r\n");
  }

  /** Ends a chunked body. */
  void endOfChunks() throws IOException {
    write("0\r\n\r\n");
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Reads an answer to its end. */
  Answer answer() throws IOException {
    AnswerBody body = head();
    return new Answer(
        body.status(), new String(body.readAllBytes(), StandardCharsets.UTF_8).strip());
  }

  /** Reads the head of an answer; its body is to be read to its end before the next request. */
  AnswerBody head() throws IOException {
    String start = line();
    if (!start.startsWith("HTTP/1.1 ")) {
      throw new IOException("no answer but " + start);
    }
    int status = Integer.parseInt(start.substring(9, 12));
    long length = status == 204 ? 0 : -1;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(15).strip());
      } else if (header.startsWith("transfer-encoding:")) {
        chunked = header.contains("chunked");
      } else if (header.startsWith("connection:") && header.contains("close")) {
        throw new IOException("the server closes the connection after " + start);
      }
    }
    if (!chunked && length < 0) {
      throw new IOException("an answer without a length: " + start);
    }
    return new AnswerBody(this, status, chunked ? -1 : length);
  }

  InputStream in() {
    return in;
  }

  /** A line without its end. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        throw new EOFException("the connection ended after: " + line);
      }
      if (each != '\r') {
        line.write(each);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** Ends it with a reset, as a caller that is lost. */
  void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
