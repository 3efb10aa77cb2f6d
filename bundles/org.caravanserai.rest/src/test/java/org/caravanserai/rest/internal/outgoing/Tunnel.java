package org.caravanserai.rest.internal.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that makes tunnels (RFC 9110, section 9.3.6) and nothing else. */
final class Tunnel implements AutoCloseable {

  /** The first line of each request. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  Tunnel() throws IOException {
    threads.execute(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        sockets.add(client);
        threads.execute(() -> connect(client));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void connect(Socket client) {
    try {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = client.getInputStream().read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      String line = head.substring(0, head.indexOf("\r\n"));
      asked.add(line);
      String authority = line.split(" ", -1)[1];
      int colon = authority.lastIndexOf(':');
      Socket target =
          new Socket(
              authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)));
      sockets.add(target);
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      threads.execute(() -> pump(client, target));
      pump(target, client);
    } catch (IOException e) {
      close(client);
    }
  }

  private static void pump(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // One side has gone.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    sockets.forEach(Tunnel::close);
    threads.shutdownNow();
  }
}
