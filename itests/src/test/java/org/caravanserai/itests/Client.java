package org.caravanserai.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/** Talks to a server over HTTP. */
public final class Client {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private static final JsonMapper JSON = new JsonMapper();

  private final Server server;
  private final HttpClient http;

  Client(Server server) {
    this(server, HTTP);
  }

  private Client(Server server, HttpClient http) {
    this.server = server;
    this.http = http;
  }

  /** The same for a server that shows a certificate. */
  public Client trusting(SSLContext trust) {
    return new Client(
        server,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .sslContext(trust)
            .build());
  }

  /** The value of an {@code Authorization} header for HTTP Basic. */
  public static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** A body as JSON. */
  public static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  /** A text as JSON. */
  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  /** A GET on the traffic listener. */
  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(server.traffic(path)));
  }

  /** A POST of JSON on the traffic listener. */
  public HttpResponse<String> post(String path, String body) {
    return send(
        HttpRequest.newBuilder(server.traffic(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /** A request to the traffic listener, to be completed. */
  public HttpRequest.Builder traffic(String path) {
    return HttpRequest.newBuilder(server.traffic(path));
  }

  /** A request to the admin API by its administrator, to be completed. */
  public HttpRequest.Builder api(String path) {
    return HttpRequest.newBuilder(server.management("/api/v1" + path))
        .header("Authorization", basic("admin", Server.PASSWORD));
  }

  /** A GET on the admin API. */
  public HttpResponse<String> apiGet(String path) {
    return send(api(path));
  }

  /** A POST on the admin API. */
  public HttpResponse<String> apiPost(String path, String body) {
    return send(api(path).POST(BodyPublishers.ofString(body)));
  }

  /** Deploys a source through the admin API. */
  public HttpResponse<String> deploy(String name, String source) {
    return apiPost("/deployments/" + name, source);
  }

  /** Sends a request and waits for the answer, whatever its status. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether the server says that it is ready. */
  public boolean isReady() {
    return answers(server.traffic("/health/ready"), 200);
  }

  private boolean answers(URI uri, int status) {
    try {
      return send(HttpRequest.newBuilder(uri)).statusCode() == status;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
