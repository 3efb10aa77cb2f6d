package org.caravanserai.junit5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** A real server on which the services have been deployed, by its admin API. */
final class RemoteHost implements Host {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json;
  private final String url;

  RemoteHost(String url, ObjectMapper json) {
    this.url = url.replaceAll("/+$", "");
    this.json = json;
  }

  @Override
  public <T> @Nullable T invoke(String service, @Nullable Object payload, Class<T> type) {
    try {
      String path = "/api/v1/services/" + URLEncoder.encode(service, StandardCharsets.UTF_8);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + path + "/invoke"))
              .timeout(LIMIT)
              .header("Authorization", authorization())
              .POST(HttpRequest.BodyPublishers.ofByteArray(body(payload)))
              .build();
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return output(answer, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private byte[] body(@Nullable Object payload) throws IOException {
    if (payload == null) {
      return new byte[0];
    }
    if (payload instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    return payload instanceof byte[] bytes ? bytes : json.writeValueAsBytes(payload);
  }

  private <T> @Nullable T output(HttpResponse<byte[]> answer, Class<T> type) throws IOException {
    byte[] body = answer.body();
    if (answer.statusCode() >= 400) {
      throw new ServiceException(Math.min(answer.statusCode(), 599), details(body));
    }
    if (body.length == 0 || type == Void.class) {
      return null;
    }
    if (type == String.class) {
      return type.cast(new String(body, StandardCharsets.UTF_8));
    }
    return type == byte[].class ? type.cast(body) : json.readValue(body, type);
  }

  private String details(byte[] body) {
    try {
      JsonNode problem = json.readTree(body);
      return problem.path("detail").asText(problem.path("details").asText());
    } catch (IOException e) {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private static String authorization() throws IOException {
    String token = System.getProperty("serai.token.file");
    if (token != null) {
      return "Bearer " + Files.readString(Path.of(token)).strip();
    }
    String user = System.getProperty("serai.username", "admin");
    String password = System.getProperty("serai.password", "");
    String both = user + ":" + password;
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Memory memory() {
    throw new TestAbortedException("This needs services in memory, and they are on " + url);
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
