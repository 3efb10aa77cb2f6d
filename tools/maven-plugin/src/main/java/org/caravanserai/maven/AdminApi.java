package org.caravanserai.maven;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** The admin API of one server, as one user. */
final class AdminApi {

  /** Longer than the server waits for a service. */
  private static final Duration ANSWER = Duration.ofSeconds(90);

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private static final Pattern LOOPBACK = Pattern.compile("localhost|127[.][0-9.]+|\\[::1\\]");

  private final URI server;
  private final Credentials credentials;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /**
   * Talks to a server.
   *
   * @param url the address of its management listener
   * @throws RefusedException if that is no address
   */
  AdminApi(String url, Credentials credentials) throws RefusedException {
    this.server = address(url);
    this.credentials = credentials;
  }

  /** Whether a password or a token goes over a network as it is. */
  boolean isInTheClear() {
    return "http".equals(server.getScheme())
        && credentials.authorization().isPresent()
        && !LOOPBACK.matcher(server.getHost()).matches();
  }

  /** One part of a path, encoded. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Sends a POST.
   *
   * @param path below {@code /api/v1}, encoded
   * @param file what the body is called in what the server says about it
   * @return the answer of a success
   * @throws RefusedException if there is no answer, or the answer is a refusal
   */
  Answer post(String path, String contentType, byte[] body, String file) throws RefusedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/api/v1" + path))
            .timeout(ANSWER)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body));
    credentials.authorization().ifPresent(value -> request.header("Authorization", value));
    Answer answer = send(request.build());
    if (answer.status() / 100 != 2) {
      throw new RefusedException(new Refusal(server, credentials, answer, file).words());
    }
    return answer;
  }

  private Answer send(HttpRequest request) throws RefusedException {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      String type = response.headers().firstValue("Content-Type").orElse("");
      return new Answer(response.statusCode(), type, response.body());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new RefusedException(
          "No server answers at "
              + server
              + ": start it with bin/start, or name the address of its management listener with"
              + " -Dserai.url=");
    } catch (HttpTimeoutException e) {
      throw new RefusedException(
          server + " has not answered within " + ANSWER.toSeconds() + " s: its log says why");
    } catch (SSLException e) {
      throw new RefusedException(
          "No trust between this JVM and "
              + server
              + ": "
              + e.getMessage()
              + "; -Djavax.net.ssl.trustStore= names the certificates that Maven's JVM trusts");
    } catch (IOException e) {
      throw new RefusedException(
          "The connection to " + server + " broke: " + e.getMessage() + "; its log says why");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("Interrupted while waiting for " + server);
    }
  }

  private static URI address(String url) throws RefusedException {
    try {
      URI uri = URI.create(url.strip());
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Told below, with all other forms.
    }
    throw new RefusedException(
        "serai.url is not like http://127.0.0.1:8183 or https://host:port: " + url);
  }
}
