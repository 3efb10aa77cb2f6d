package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the console is served: its files, their headers, and what needs no JavaScript. */
@ExtendWith(ServerExtension.class)
class ConsoleIT {

  /** Files up to this size are not compressed. */
  private static final int SMALL = 1024;

  private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");

  private final Server server;
  private final Client client;

  ConsoleIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.management(path));
  }

  private HttpResponse<String> get(String path) {
    return client.send(request(path));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The files that the page names. */
  private Set<String> files() {
    Set<String> files = new TreeSet<>();
    Matcher matcher = FILE.matcher(get("/").body());
    while (matcher.find()) {
      files.add(matcher.group(1));
    }
    return files;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/login",
        "/services/hello.world",
        "/objects/channel_rest/a/b",
        "/logs?level=WARN"
      })
  void thePageIsThereForEveryAddressOfTheApplicationWithoutALogin(String path) {
    HttpResponse<String> page =
        client.send(request(path).header("Accept", "text/html,application/xml;q=0.9,*/*;q=0.8"));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
    assertThat(page.body()).contains("This server is up and ready.");
    assertThat(header(page, "Set-Cookie")).isEmpty();
    assertThat(header(page, "WWW-Authenticate")).isEmpty();
  }

  @Test
  void nothingButFilesOfThisServerMayBeInThePage() {
    for (String path : List.of("/", "/assets/none.js", "/none.ico")) {
      HttpResponse<String> response = get(path);
      assertThat(header(response, "Content-Security-Policy"))
          .contains("default-src 'self'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(header(response, "Server")).isEmpty();
    }
    assertThat(get("/").body())
        .doesNotContainPattern("<script(?![^>]*src=)")
        .doesNotContain("<style");
    assertThat(header(client.apiGet("/account"), "Content-Security-Policy"))
        .contains("default-src 'none'");
  }

  @Test
  void filesAreKeptByBrowsersAndCompressed() throws IOException {
    Set<String> files = files();
    assertThat(files).anyMatch(file -> file.endsWith(".js"));
    for (String file : files) {
      HttpResponse<byte[]> plain = bytes(request(file));
      assertThat(plain.statusCode()).as(file).isEqualTo(200);
      assertThat(header(plain, "Content-Type")).as(file).doesNotContain("octet-stream");
      assertThat(header(plain, "Cache-Control"))
          .as(file)
          .isEqualTo(
              file.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
      HttpResponse<byte[]> packed = bytes(request(file).header("Accept-Encoding", "br, gzip"));
      if (header(packed, "Content-Encoding").equals("gzip")) {
        assertThat(header(packed, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(packed.body().length).isLessThan(plain.body().length);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
          assertThat(in.readAllBytes()).isEqualTo(plain.body());
        }
      } else if (file.matches(".*\\.(js|css|svg)")) {
        assertThat(plain.body().length).as(file).isLessThanOrEqualTo(SMALL);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/",
        "/assets/none.js",
        "/assets/..%2findex.html",
        "/favicon.php",
        "/health",
        "/health/ready",
        "/META-INF%2FMANIFEST.MF",
        "/hello",
        "/services/hello.world",
        "/index.html.gz"
      })
  void whatIsNotThereIsNotFoundAndSaysNothingOfTheServersMake(String path) {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isIn(400, 404);
    assertThat(response.body()).doesNotContainIgnoringCase("jetty").doesNotContain("\tat ");
  }

  @Test
  void theAdminApiIsNotAnAddressOfTheApplication() {
    for (String path : List.of("/api", "/api/v1", "/api/v1/nothing", "/metrics", "/jolokia")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(401);
    }
    HttpResponse<String> unknown = client.apiGet("/nothing");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(header(unknown, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(client.get("/").statusCode()).as("the traffic listener").isEqualTo(404);
  }

  @Test
  void onlyReadingIsAnswered() {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      HttpResponse<String> response =
          client.send(request("/").method(method, BodyPublishers.ofString("x")));
      assertThat(response.statusCode()).as(method).isEqualTo(405);
      assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
    }
    HttpResponse<String> head = client.send(request("/").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo("" + get("/").body().length());
  }

  @Test
  void withoutJavaScriptThePageSaysThatTheServerIsNotReady() {
    String name = Sources.unique("away");
    client.send(
        client
            .api("/objects/outgoing_rest/" + name)
            .PUT(BodyPublishers.ofString("{host: 'http://127.0.0.1:1', required: true}")));
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                HttpResponse<String> page = get("/");
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body()).contains("This server is up, but not ready.");
                assertThat(page.body()).doesNotContain(name);
              });
    } finally {
      client.send(client.api("/objects/outgoing_rest/" + name).DELETE());
      await().until(client::isReady);
    }
  }
}
