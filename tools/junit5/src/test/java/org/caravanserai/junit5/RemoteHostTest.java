package org.caravanserai.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanserai.api.ServiceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Tests that call services on a server. */
class RemoteHostTest {

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private RemoteHost host;
  private volatile int status = 200;
  private volatile String answer = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    host =
        new RemoteHost(
            "http://127.0.0.1:" + server.getAddress().getPort() + "/", new ObjectMapper());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aCallGoesToTheAdminApi() {
    answer = "{\"greeting\":\"Hello\"}";
    assertThat(host.invoke("hello.world", Map.of("name", "Ada"), Object.class))
        .isEqualTo(Map.of("greeting", "Hello"));
    assertThat(seen).containsExactly("POST /api/v1/services/hello.world/invoke {\"name\":\"Ada\"}");
    assertThat(host.invoke("hello.world", "text", String.class)).isEqualTo(answer);
    assertThat(host.invoke("hello.world", null, Void.class)).isNull();
  }

  @Test
  void aFailureIsWhatACallerSees() {
    status = 400;
    answer = "{\"title\":\"Bad Request\",\"detail\":\"/name: missing\"}";

    assertThatThrownBy(() -> host.invoke("hello.world", Map.of(), Map.class))
        .isInstanceOfSatisfying(
            ServiceException.class, refused -> assertThat(refused.status()).isEqualTo(400))
        .hasMessage("/name: missing");
  }

  @Test
  void whatOnlyMemoryHasAbortsTheTest() {
    assertThatThrownBy(host::memory).isInstanceOf(TestAbortedException.class);
  }
}
