package org.caravanserai.broker.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** STOMP 1.2 on a bare socket: frames are written and read as text. */
final class Stomp implements Closeable {

  private final Socket socket;
  private final InputStream in;

  Stomp(int port) throws IOException {
    this(new Socket(java.net.InetAddress.getLoopbackAddress(), port));
  }

  Stomp(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(20_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A connection of a user, and what was answered. */
  static Stomp connected(int port, String user, String password) throws IOException {
    Stomp stomp = new Stomp(port);
    stomp.send(
        "CONNECT\naccept-version:1.2\nhost:serai\nlogin:"
            + user
            + "\npasscode:"
            + password
            + "\n\n");
    return stomp;
  }

  void send(String frame) throws IOException {
    socket.getOutputStream().write((frame + "\0").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** The next frame; empty if the connection has ended. */
  String next() throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (int c = in.read(); c > 0 || (c >= 0 && frame.size() == 0); c = in.read()) {
      if (c > 0 && (frame.size() > 0 || c != '\n')) {
        frame.write(c);
      }
    }
    return frame.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
