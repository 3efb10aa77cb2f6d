package org.caravanserai.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One keep-alive connection of HTTP/1.1 to the loopback address, as thin as possible, so that what
 * is measured is the server. Not for several threads at once.
 */
public final class Connection implements AutoCloseable {

  private static final byte[] EMPTY = new byte[0];

  private final Socket socket;
  private final InputStream in;
  private final byte[] arrived = new byte[16 * 1024];
  private int next;
  private int last;
  private boolean open = true;

  /**
   * Connects.
   *
   * @param timeoutMillis how long to wait for the connection, and for each answer
   */
  public Connection(int port, int timeoutMillis) throws IOException {
    socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(timeoutMillis);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMillis);
      in = socket.getInputStream();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A GET. */
  public Answer get(String path) throws IOException {
    return send("GET", path, "", EMPTY);
  }

  /**
   * Any request.
   *
   * @param headers more header lines, each ended by CR LF
   */
  public Answer send(String method, String path, String headers, byte[] body) throws IOException {
    return send(request(method, path, headers, body));
  }

  /**
   * The bytes of a request, for {@link #send(byte[])}.
   *
   * @param headers more header lines, each ended by CR LF
   */
  public static byte[] request(String method, String path, String headers, byte[] body) {
    String head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(method, path, body.length, headers);
    var request = new ByteArrayOutputStream(head.length() + body.length);
    request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  /** A request that was made before. */
  public Answer send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    return answer();
  }

  private Answer answer() throws IOException {
    String statusLine = line();
    int status = Integer.parseInt(statusLine.substring(9, 12));
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (isCalled(header, "content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      } else if (isCalled(header, "transfer-encoding:")) {
        chunked = header.contains("chunked");
      } else if (isCalled(header, "connection:") && header.contains("close")) {
        open = false;
      }
    }
    byte[] body = chunked ? chunks() : exactly(length);
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  private static boolean isCalled(String header, String name) {
    return header.regionMatches(true, 0, name, 0, name.length());
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.writeBytes(exactly(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = new byte[length];
    int had = Math.min(length, last - next);
    System.arraycopy(arrived, next, bytes, 0, had);
    next += had;
    if (in.readNBytes(bytes, had, length - had) < length - had) {
      throw new EOFException("the answer ends in the middle");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new StringBuilder(64);
    for (int letter = read(); letter != '\n'; letter = read()) {
      if (letter != '\r') {
        line.append((char) letter);
      }
    }
    return line.toString();
  }

  private int read() throws IOException {
    if (next == last) {
      next = 0;
      last = Math.max(0, in.read(arrived));
      if (last == 0) {
        throw new EOFException("the connection was closed");
      }
    }
    return arrived[next++] & 0xFF;
  }

  /** Whether the server did not say that it closes it. */
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      open = false;
    }
  }
}
