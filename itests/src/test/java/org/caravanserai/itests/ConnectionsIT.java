package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.caravanserai.sql.postgres.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The example environment: a service that calls a REST API and a PostgreSQL database, both real,
 * and what becomes of it when they are away or their configuration changes.
 */
class ConnectionsIT {

  private static final Path EXAMPLE = Path.of("../examples/environment");
  private static final String ORDER = "{\"item\":\"tea\",\"count\":3}";

  private static Postgres postgres;
  private static Server server;
  private static Client client;
  private static String yaml;
  private static int port;
  private Catalogue catalogue;

  @BeforeAll
  static void start() throws Exception {
    postgres = new Postgres();
    try (Catalogue first = new Catalogue(0)) {
      port = first.port();
    }
    execute(
        "create table orders (id bigserial primary key, item text, count int, total numeric(12,2))");
    yaml = Files.readString(EXAMPLE.resolve("serai.yaml"));
    Path data = Server.newFolder();
    Path folder = Files.createDirectories(data.resolve("deploy"));
    Files.writeString(folder.resolve("serai.yaml"), yaml);
    Files.copy(EXAMPLE.resolve("PlaceOrder.java"), folder.resolve("PlaceOrder.java"));
    server = Server.start(data, environment(""));
    client = server.client();
  }

  private static Map<String, String> environment(String imported) {
    return Map.of(
        "SERAI_IMPORT",
        imported,
        "CATALOGUE_URL",
        "http://127.0.0.1:" + port,
        "CATALOGUE_KEY",
        "the-key",
        "ORDERS_DB_PORT",
        "" + postgres.port(),
        "ORDERS_DB_NAME",
        Postgres.DATABASE,
        "ORDERS_DB_USER",
        Postgres.USER,
        "ORDERS_DB_PASSWORD",
        Postgres.PASSWORD);
  }

  @AfterAll
  static void stop() {
    try {
      if (server != null) {
        server.close();
      }
    } finally {
      postgres.close();
    }
  }

  @BeforeEach
  void openCatalogue() {
    catalogue = new Catalogue(port);
  }

  @AfterEach
  void everythingIsAsItWas() {
    catalogue.close();
    server.save("serai.yaml", yaml);
    assertThat(client.isReady()).isTrue();
  }

  private static void execute(String statement) throws SQLException {
    try (Connection connection = connection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  private static Connection connection() throws SQLException {
    return DriverManager.getConnection(postgres.url(), Postgres.USER, Postgres.PASSWORD);
  }

  private static int orders() throws SQLException {
    try (Connection connection = connection();
        Statement run = connection.createStatement();
        ResultSet rows = run.executeQuery("select count(*) from orders")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void served() {
    await().atMost(Duration.ofSeconds(30)).until(() -> order().statusCode() == 200);
  }

  private static HttpResponse<String> order() {
    return client.post("/orders", ORDER);
  }

  private static HttpResponse<String> ping(String kind, String name) {
    return client.apiPost("/objects/" + kind + "/" + name + "/ping", "");
  }

  private static String details(HttpResponse<String> response) {
    return Client.json(response).path("details").asText();
  }

  /** As the README starts it, with paths from the working folder. */
  @Test
  void aServerStartsFromTheFile() {
    Map<String, String> environment =
        new HashMap<>(environment(EXAMPLE.resolve("serai.yaml").toString()));
    environment.put("SERAI_DEPLOY_DIRS", EXAMPLE.toString());
    try (Server other = Server.start(Server.newFolder(), environment)) {
      Client caller = other.client();
      // It is configured as soon as it is ready; its source may take a moment more.
      assertThat(caller.apiGet("/objects/sql/orders").body())
          .contains("/examples/environment/serai.yaml\"");
      await().until(() -> caller.post("/orders", ORDER).statusCode() == 200);
    }
  }

  @Test
  void theServiceCallsBoth() throws Exception {
    served();
    int before = orders();
    HttpResponse<String> response = order();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(Client.json(response).path("total").decimalValue()).isEqualByComparingTo("7.50");
    assertThat(orders()).isEqualTo(before + 1);
    assertThat(catalogue.lastKey).isEqualTo("the-key");
    assertThat(response.headers().firstValue("X-Serai-CID")).contains(catalogue.lastCid);
    assertThat(client.post("/orders", "{\"item\":\"no/thing\",\"count\":1}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void aPingReachesBoth() {
    served();
    JsonNode rest = Client.json(ping("outgoing_rest", "catalogue"));
    assertThat(rest.path("status").asText()).isEqualTo("reached");
    assertThat(rest.path("millis").isNumber()).isTrue();
    assertThat(rest.path("details").asText()).startsWith("HEAD http://127.0.0.1:" + port);
    JsonNode sql = Client.json(ping("sql", "orders"));
    assertThat(sql.path("details").asText()).startsWith("PostgreSQL ");
    ScriptResult shell = server.run("bin/serai", "ping", "sql", "orders");
    assertThat(shell.status()).as(shell.output()).isZero();
    assertThat(shell.output()).contains("PostgreSQL ");

    assertThat(ping("sql", "nothing").statusCode()).isEqualTo(404);
    assertThat(ping("channel_rest", "place-order").statusCode()).isEqualTo(409);
    assertThat(server.run("bin/serai", "ping", "sql", "nothing").status()).isNotZero();
  }

  @Test
  void aRestApiThatIsAwayIs502AndComesBack() {
    served();
    catalogue.close();
    HttpResponse<String> away = order();
    assertThat(away.statusCode()).as(away.body()).isEqualTo(502);
    assertThat(details(away)).isEqualTo("Connection catalogue: the connection was refused");
    HttpResponse<String> ping = ping("outgoing_rest", "catalogue");
    assertThat(ping.statusCode()).isEqualTo(502);
    assertThat(Client.json(ping).path("detail").asText()).endsWith("the connection was refused");
    catalogue = new Catalogue(port);
    assertThat(order().statusCode()).isEqualTo(200);
  }

  @Test
  void aDatabaseThatIsAwayIs502AndComesBack() {
    served();
    postgres.stop();
    try {
      HttpResponse<String> away = order();
      assertThat(away.statusCode()).as(away.body()).isEqualTo(502);
      assertThat(details(away)).startsWith("The database of connection orders ");
      assertThat(ping("sql", "orders").statusCode()).isEqualTo(502);
    } finally {
      postgres.start();
    }
    served();
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() {
    served();
    server.save("serai.yaml", yaml.replace("${ORDERS_DB_PASSWORD:-orders}", "a-wrong-pass-word"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ping("sql", "orders").body().contains("password authentication failed"));
    HttpResponse<String> refused = order();
    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(details(refused)).isEqualTo("The database of connection orders refused to log in");
    assertThat(server.log()).doesNotContain("a-wrong-pass-word");
    server.save("serai.yaml", yaml);
    served();
  }

  @Test
  void aConnectionThatIsNotOpenIs503InWords() {
    served();
    server.save(
        "serai.yaml",
        yaml.replace("  - name: orders\n", "  - name: orders\n    is_active: false\n"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> details(order()).equals("Connection orders is not open: it is not active"));
    assertThat(order().statusCode()).isEqualTo(503);
    assertThat(ping("sql", "orders").statusCode()).isEqualTo(409);
    server.save("serai.yaml", yaml);
    served();
  }

  @Test
  void aDriverThatIsNotThereIsTheReason() {
    served();
    server.save(
        "serai-odd.yaml", "sql:\n  - name: odd\n    url: jdbc:nothing:here\n    username: me\n");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.apiGet("/objects").body().contains("no driver for jdbc:nothing:here"));
    server.save("serai-odd.yaml", "sql: []\n");
  }

  @Test
  void editsUnderLoadFailNoCall() throws IOException {
    served();
    Load load = new Load(server);
    load.callers(
        "orders",
        8,
        on -> {
          on.open(
              "POST", "/orders", "Content-Type: application/json", "Transfer-Encoding: chunked");
          on.chunk(ORDER);
          on.endOfChunks();
          RawConnection.Answer answer = on.answer();
          assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        });
    for (int i = 1; i <= 20; i++) {
      String pool = "    pool_size: " + (8 + i) + "\n";
      server.save(
          "serai.yaml",
          yaml.replace("  - name: orders\n", "  - name: orders\n" + pool)
              .replace("  - name: catalogue\n", "  - name: catalogue\n" + pool));
      int calls = orderCount();
      await().atMost(Duration.ofSeconds(30)).until(() -> orderCount() > calls + 20);
    }
    load.stop();
    Load.assertNoneFailed(load.take());
  }

  private static int orderCount() throws IOException {
    try {
      return orders();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Test
  void allIsThereAgainAfterARestart() {
    served();
    server.restart();
    assertThat(order().statusCode()).isEqualTo(200);
    assertThat(ping("sql", "orders").statusCode()).isEqualTo(200);
  }
}
