package org.caravanserai.rest.internal.outgoing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A REST API that says what it was asked, and fails when it is told to. */
public final class Stub implements AutoCloseable {

  /** What a request looked like. */
  public record Seen(String method, String uri, Map<String, List<String>> headers, String body) {

    public String header(String name) {
      List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
      return values == null ? null : values.get(0);
    }
  }

  /** What answers a request. */
  public interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  public final List<Seen> seen = new CopyOnWriteArrayList<>();
  public final AtomicInteger inside = new AtomicInteger();
  public volatile int mostInside;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  public volatile Handler handler =
      exchange -> answer(exchange, 200, "application/json", "{\"id\":7}");

  public Stub() {
    this(0);
  }

  Stub(int port) {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    mostInside = Math.max(mostInside, inside.incrementAndGet());
    try {
      Map<String, List<String>> headers = new ConcurrentHashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
      seen.add(
          new Seen(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      handler.handle(exchange);
    } finally {
      inside.decrementAndGet();
      exchange.close();
    }
  }

  public static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
    if (!empty) {
      exchange.getResponseBody().write(bytes);
    }
  }

  public void answers(int status, String type, String body) {
    handler = exchange -> answer(exchange, status, type, body);
  }

  public Seen last() {
    return seen.get(seen.size() - 1);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
