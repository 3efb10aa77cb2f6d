package org.caravanserai.itests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Maven repository on a port of the loopback address, for everybody or for one user. */
final class MavenRepository implements AutoCloseable {

  /** Whom a guarded repository lets in. */
  static final String USER = "reader";

  /** With that password, which nothing may tell. */
  static final String PASSWORD = "q7-the-secret-of-the-repository";

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer http;
  private final boolean guarded;

  private MavenRepository(boolean guarded) throws IOException {
    this.guarded = guarded;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.start();
  }

  /** One for everybody. */
  static MavenRepository open() throws IOException {
    return new MavenRepository(false);
  }

  /** One for {@link #USER}. */
  static MavenRepository guarded() throws IOException {
    return new MavenRepository(true);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      requests.add(exchange.getRequestMethod() + " " + path);
      byte[] file = files.get(path);
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (guarded && !Client.basic(USER, PASSWORD).equals(authorization)) {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"repository\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (file == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, file.length);
        exchange.getResponseBody().write(file);
      }
    }
  }

  /** Its address, as {@code SERAI_MAVEN_REPOSITORIES} takes it. */
  String url(String id) {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/@id=" + id;
  }

  /** What it was asked for: {@code GET com/acme/...}. */
  List<String> requests() {
    return requests;
  }

  /**
   * Puts a jar there with its pom.
   *
   * @param artifact {@code com.acme:name:1.0}
   * @param dependencies what the pom has between {@code <dependencies>} and its end
   */
  void putJar(String artifact, Path jar, String... dependencies) throws IOException {
    put(artifact, ".jar", Files.readAllBytes(jar));
    String[] parts = artifact.split(":", -1);
    String pom =
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>
          <version>%s</version>
          <dependencies>%s</dependencies>
        </project>
        """
            .formatted(parts[0], parts[1], parts[2], String.join("", dependencies));
    put(artifact, ".pom", pom.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts a file there, with its checksum. */
  void put(String artifact, String ending, byte[] content) {
    String path = path(artifact, ending);
    files.put(path, content);
    files.put(path + ".sha1", sha1(content));
  }

  /** Puts another file in the place of one, which keeps its checksum. */
  void damage(String artifact, String ending) {
    files.put(path(artifact, ending), new byte[] {'d', 'a', 'm', 'a', 'g', 'e', 'd'});
  }

  /** One dependency of a pom. */
  static String dependency(String artifact, String more) {
    String[] parts = artifact.split(":", -1);
    return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s</dependency>"
        .formatted(parts[0], parts[1], parts[2], more);
  }

  private static String path(String artifact, String ending) {
    String[] parts = artifact.split(":", -1);
    return "%s/%s/%s/%s-%s%s"
        .formatted(parts[0].replace('.', '/'), parts[1], parts[2], parts[1], parts[2], ending);
  }

  private static byte[] sha1(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(content);
      return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
