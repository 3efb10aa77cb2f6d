package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The stories of the console in a browser, those in {@code src/test/console/stories}, on a server
 * of their own. {@code -Dserai.chromium=required} makes a machine without Chromium a failure.
 */
class ConsoleE2eIT {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Duration LIMIT = Duration.ofMinutes(30);

  @Test
  void everyStoryIsTrue() throws IOException {
    if (!Files.isExecutable(CHROMIUM)) {
      boolean isRequired = "required".equals(System.getProperty("serai.chromium"));
      String told =
          "THE CONSOLE IS NOT TESTED IN A BROWSER: there is no %s (Debian's package chromium)"
              .formatted(CHROMIUM);
      assertThat(isRequired).as(told).isFalse();
      System.err.println("\n***** " + told + " *****\n");
      Assumptions.abort(told);
    }
    try (Server server = Server.start()) {
      HttpServer control = control(server);
      try {
        ScriptResult stories =
            ScriptResult.of(
                Path.of("src/test/console/run").toAbsolutePath(),
                List.of(),
                Map.of(
                    "SERAI_URL", server.management("/").toString(),
                    "SERAI_PASSWORD", Server.PASSWORD,
                    "SERAI_DEPLOY", server.data().resolve("deploy").toString(),
                    "SERAI_CONTROL", "http://127.0.0.1:" + control.getAddress().getPort(),
                    "SERAI_PICTURES", Path.of("target/console").toAbsolutePath().toString()),
                LIMIT);
        assertThat(stories.status()).as(stories.output()).isZero();
        // The reporter tells of each: a folder without stories would be fine otherwise.
        assertThat(stories.output()).contains("everybody can use the page logs");
      } finally {
        control.stop(0);
      }
    }
  }

  /** Restarts the server for who asks, which the stories cannot do by themselves. */
  private static HttpServer control(Server server) throws IOException {
    HttpServer control =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    control.setExecutor(Executors.newCachedThreadPool());
    control.createContext(
        "/restart",
        exchange -> {
          try {
            server.restart();
            answer(exchange, 200, "ready");
          } catch (RuntimeException | AssertionError e) {
            answer(exchange, 500, String.valueOf(e.getMessage()));
          }
        });
    control.start();
    return control;
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
