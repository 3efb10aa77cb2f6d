package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the fields of REST channels do, on a server as it is shipped. */
class RestIT {

  private static final String SERVICE =
      """
      import java.time.LocalDate;
      import java.util.List;
      import java.util.Optional;
      import java.util.concurrent.atomic.AtomicInteger;
      import org.caravanserai.api.*;

      @ServiceName("rest.order")
      public class Order implements Service<Order.Request, Order.Receipt> {
        public record Line(String item, int count) {}
        public record Request(long id, Optional<LocalDate> date, List<Line> line) {}
        public record Receipt(long id, int pieces, int call) {}
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public Receipt handle(Request request, Context context) {
          int pieces = request.line().stream().mapToInt(Line::count).sum();
          return new Receipt(request.id(), pieces, calls.incrementAndGet());
        }
      }
      """;

  private static final String ROWS =
      """
      import java.util.List;
      import org.caravanserai.api.*;

      @ServiceName("rest.rows")
      public class Rows implements Service<List<Rows.Row>, List<Rows.Row>> {
        public record Row(String name, int age) {}

        @Override
        public List<Row> handle(List<Row> rows, Context context) {
          return rows.stream().map(row -> new Row(row.name(), row.age() + 1)).toList();
        }
      }
      """;

  private static final String YAML =
      """
      security:
        - name: script
          type: apikey
          password: the-key
      channel_rest:
        - name: order
          service: rest.order
          url_path: /order/{id}
          http_accept: application/json
          security: script
          params_pri: msg-over-channel-params
          is_deprecated: true
          deprecation_sunset: 2030-01-01
          deprecation_successor: /v2/order
          cors:
            allow_origins: [https://shop.example.com]
            allow_headers: [X-API-Key, Content-Type]
        - name: order in XML
          service: rest.order
          url_path: /order/{id}
          http_accept: application/xml
          data_format: xml
        - name: rows
          service: rest.rows
          url_path: /rows
          data_format: csv
        - name: kept
          service: rest.order
          url_path: /kept
          method: POST
          response_cache:
            is_enabled: true
            include_body_in_key: true
            cache_on_second_request: false
            needs_etag: true
        - name: files
          service: rest.order
          url_path: /files/{path}
          match_slash: true
          merge_url_params_req: false
        - name: looked at
          service: rest.order
          url_path: /schema
          request_schema: |
            {"required": ["id", "line"], "properties": {"id": {"minimum": 10}}}
        - name: gate
          service: rest.order
          url_path: /gate/{service}
          gateway_service_list: [rest.rows]
          should_include_in_openapi: false
      """;

  private static final String ORDER = "{\"id\":7,\"line\":[{\"item\":\"tea\",\"count\":2}]}";

  private static Server server;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    Path data = Server.newFolder();
    Path folder = Files.createDirectories(data.resolve("deploy"));
    Files.writeString(folder.resolve("Order.java"), SERVICE);
    Files.writeString(folder.resolve("Rows.java"), ROWS);
    Files.writeString(folder.resolve("serai.yaml"), YAML);
    server =
        Server.start(
            data,
            Map.of(
                "SERAI_OPENAPI",
                "true",
                "SERAI_AUTO_REST_CHANNEL_ENABLED",
                "true",
                "SERAI_AUTO_REST_CHANNEL_SECURITY",
                "script",
                "SERAI_AUTO_REST_CHANNEL_EXCLUDE",
                "rest.rows"));
    client = server.client();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                client.post("/files/a", ORDER).statusCode() == 200
                    && client.post("/rows", "").statusCode() != 503);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void isReady() {
    assertThat(client.isReady()).isTrue();
  }

  private static HttpResponse<String> send(String path, String body, String... headers) {
    return client.send(client.traffic(path).POST(BodyPublishers.ofString(body)).headers(headers));
  }

  @Test
  void aPathServesJsonAndXml() {
    HttpResponse<String> xml =
        send(
            "/order/8",
            "<order><id>1</id><line item='tea' count='2'/><line item='rye' count='3'/></order>",
            "Accept",
            "application/xml",
            "Content-Type",
            "application/xml");
    assertThat(xml.statusCode()).as(xml.body()).isEqualTo(200);
    assertThat(xml.body()).contains("<receipt><id>8</id><pieces>5</pieces>");
    HttpResponse<String> wrong =
        send(
            "/order/8",
            "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
            "Accept",
            "application/xml",
            "Content-Type",
            "application/xml");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).startsWith("<?xml").contains("<details>", "a DOCTYPE is not taken");
    assertThat(send("/order/8", ORDER, "Accept", "text/html").statusCode()).isEqualTo(406);
  }

  @Test
  void callersOfADeprecatedChannelAreTold() {
    HttpResponse<String> json = send("/order/8", ORDER, "X-API-Key", "the-key");
    assertThat(Client.json(json).path("id").asInt()).as(json.body()).isEqualTo(7);
    assertThat(json.headers().firstValue("Deprecation")).isPresent();
    assertThat(json.headers().firstValue("Sunset")).contains("Tue, 01 Jan 2030 00:00:00 GMT");
    assertThat(json.headers().firstValue("Link"))
        .contains("</v2/order>; rel=\"successor-version\"");
  }

  @Test
  void aShopInABrowserMayCall() {
    HttpResponse<String> asked =
        client.send(
            client
                .traffic("/order/8")
                .method("OPTIONS", BodyPublishers.noBody())
                .headers(
                    "Origin", "https://shop.example.com", "Access-Control-Request-Method", "POST"));
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("X-API-Key, Content-Type");
    HttpResponse<String> stranger = send("/order/8", ORDER, "Origin", "https://shop.example.com");
    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(stranger.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://shop.example.com");
    assertThat(
            send("/order/8", ORDER, "Origin", "https://other.example.com")
                .headers()
                .firstValue("Access-Control-Allow-Origin"))
        .isEmpty();
  }

  @Test
  void csvGoesInAndOut() {
    HttpResponse<String> rows = send("/rows", "name,age\nAda,35\n", "Content-Type", "text/csv");
    assertThat(rows.body()).isEqualTo("name,age\r\nAda,36\r\n");
    assertThat(send("/rows", "name,age\nAda,x\n", "Content-Type", "text/csv").body())
        .contains("/0/age: expected a whole number");
  }

  @Test
  void answersAreKeptUntilSomebodyClearsThem() {
    String body = "{\"id\":1,\"line\":[]}";
    String first = client.post("/kept", body).body();
    HttpResponse<String> second = client.post("/kept", body);
    assertThat(second.body()).isEqualTo(first);
    assertThat(second.headers().firstValue("X-Serai-Cache")).contains("hit");
    String etag = second.headers().firstValue("ETag").orElseThrow();
    assertThat(send("/kept", body, "If-None-Match", etag).statusCode()).isEqualTo(304);

    assertThat(client.apiPost("/objects/channel_rest/kept/clear-cache", "").statusCode())
        .isEqualTo(200);
    HttpResponse<String> third = client.post("/kept", body);
    assertThat(third.headers().firstValue("X-Serai-Cache")).contains("miss");
    assertThat(third.body()).isNotEqualTo(first);
    ScriptResult shell = server.run("bin/serai", "clear-cache", "kept");
    assertThat(shell.status()).as(shell.output()).isZero();
    assertThat(client.post("/kept", body).headers().firstValue("X-Serai-Cache")).contains("miss");

    assertThat(client.apiPost("/objects/channel_rest/rows/clear-cache", "").statusCode())
        .isEqualTo(409);
    assertThat(client.apiPost("/objects/channel_rest/none/clear-cache", "").statusCode())
        .isEqualTo(404);
    assertThat(client.apiPost("/objects/channel_rest/kept/polish", "").statusCode()).isEqualTo(404);
    assertThat(server.run("bin/serai", "clear-cache", "none").status()).isNotZero();
  }

  @Test
  void pathsMaySpanSlashesAndGatewaysLeadOn() {
    assertThat(client.post("/files/a/b/c", ORDER).statusCode()).isEqualTo(200);
    assertThat(client.post("/gate/rest.rows", "[{\"name\":\"Ada\",\"age\":1}]").body())
        .isEqualTo("[{\"name\":\"Ada\",\"age\":2}]");
    assertThat(client.post("/gate/rest.none", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void requestsAreLookedAtByTheirSchema() {
    HttpResponse<String> refused = client.post("/schema", "{\"id\":3}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Client.json(refused).path("details").asText()).contains("/line: missing", "/id: ");
    assertThat(client.post("/schema", "{\"id\":30,\"line\":[]}").statusCode()).isEqualTo(200);
  }

  private static final String TOLD =
      """
      import java.util.Optional;
      import org.caravanserai.api.*;

      /**
       * Books a %1$s. It takes {@code one} &lt;b&gt; at a time:
       * <ul><li>caf\\u00e9s</ul>
       */
      @ServiceName("rest.told")
      public class Told implements Service<Told.Wish, Told.Place> {
        /** What is wanted.
         * @param guests how many come
         * @param mood how they are */
        public record Wish(int guests, Optional<Mood> mood) {}
        /** @param number its number */
        public record Place(int number) {}
        public enum Mood {
          /** Hungry. */
          LOW,
          HIGH
        }

        @Override
        public Place handle(Wish wish, Context context) {
          return new Place(wish.guests());
        }
      }
      """;

  /** What is said of the service by all that tell of it. */
  private static void assertTold(String thing) {
    String summary = "Books a " + thing + ".";
    String text = summary + " It takes `one` \\<b> at a time:\n- cafés";
    JsonNode document = Client.json(client.get("/openapi.json"));
    JsonNode operation = document.at("/paths/~1api~1rest~1told/post");
    assertThat(operation.path("summary").asText()).isEqualTo(summary);
    assertThat(operation.path("description").asText()).isEqualTo(text);
    JsonNode members = document.at("/components/schemas/rest.told.Wish/properties");
    assertThat(members.at("/guests/description").asText()).isEqualTo("how many come");
    assertThat(members.at("/mood/description").asText())
        .isEqualTo("how they are\n\n- `LOW`: Hungry.");

    JsonNode answer = Client.json(client.apiGet("/services/rest.told"));
    assertThat(answer.path("summary").asText()).isEqualTo(summary);
    assertThat(answer.path("description").asText()).isEqualTo(text);
    assertThat(answer.path("input").asText()).isEqualTo("Told.Wish");
    assertThat(answer.path("inputSchema").path("$ref").asText())
        .isEqualTo("#/$defs/rest.told.Wish");
    JsonNode wish = answer.path("inputSchema").path("$defs").path("rest.told.Wish");
    assertThat(wish.path("description").asText()).isEqualTo("What is wanted.");
    ScriptResult json = server.run("bin/serai", "service-info", "rest.told", "--json");
    assertThat(Client.json(json.printed())).isEqualTo(answer);
    assertThat(server.run("bin/serai", "service-info", "rest.told").output())
        .contains(summary, "- cafés", "guests", "how many come", "integer (int32)");

    HttpResponse<String> page = client.apiGet("/service-docs?names=rest.told");
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).contains("text/markdown");
    assertThat(page.body())
        .contains(
            "## rest.told\n\n" + text,
            "| `guests` | integer (int32) | yes | how many come |",
            "| `mood` | one of LOW, HIGH | no | how they are - `LOW`: Hungry. |",
            "| `number` | integer (int32) | yes | its number |",
            "bin/serai invoke rest.told '{\"guests\":1}'");
    assertThat(server.run("bin/serai", "service-docs", "rest.told").output().strip())
        .isEqualTo(page.body().strip());
  }

  @Test
  void whatJavadocSaysIsToldAndGoesWithTheRevision() {
    assertThat(client.deploy("Told", TOLD.formatted("table")).statusCode()).isEqualTo(201);
    assertTold("table");
    assertThat(client.deploy("Told", TOLD.formatted("room")).statusCode()).isEqualTo(200);
    assertTold("room");
    client.apiPost("/deployments/Told/rollback", "{\"revision\":1}");
    assertTold("table");

    server.restart();

    assertTold("table");
    assertThat(client.apiGet("/service-docs").body()).contains("## rest.told\n", "## rest.order\n");
    assertThat(client.apiGet("/service-docs?names=rest.none").statusCode()).isEqualTo(404);
    assertThat(server.run("bin/serai", "service-docs", "rest.none").status()).isNotZero();
  }

  @Test
  void theChannelsAreToldAsOpenApi() {
    HttpResponse<String> answer = client.get("/openapi.json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode document = Client.json(answer);
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.at("/paths/~1order~1{id}/post/deprecated").asBoolean()).isTrue();
    assertThat(
            document.at("/components/schemas/rest.order.Request/properties/date/format").asText())
        .isEqualTo("date");
    assertThat(document.path("paths").has("/gate/{service}")).isFalse();
    assertThat(answer.body()).doesNotContain("the-key");
  }

  @Test
  void servicesHaveChannelsByThemselves() {
    assertThat(client.post("/api/rest/order", ORDER).statusCode()).isEqualTo(401);
    HttpResponse<String> known = send("/api/rest/order", ORDER, "X-API-Key", "the-key");
    assertThat(Client.json(known).path("pieces").asInt()).as(known.body()).isEqualTo(2);
    assertThat(send("/api/rest/rows", "[]", "X-API-Key", "the-key").statusCode()).isEqualTo(404);
    assertThat(client.get("/openapi.json").body()).contains("/api/rest/order");

    String source =
        SERVICE.replace("rest.order", "rest.brief").replace("class Order", "class Brief");
    assertThat(client.deploy("Brief", source.replace("Order.", "Brief.")).statusCode())
        .isEqualTo(201);
    assertThat(send("/api/rest/brief", ORDER, "X-API-Key", "the-key").statusCode()).isEqualTo(200);
    assertThat(client.apiGet("/config/export").body()).doesNotContain("auto/");
    assertThat(client.send(client.api("/deployments/Brief").DELETE()).statusCode()).isLessThan(300);
    assertThat(send("/api/rest/brief", ORDER, "X-API-Key", "the-key").statusCode()).isEqualTo(404);
  }

  @Test
  void contentGoesOnToDestinations() {
    String yaml =
        """
        channel_rest:
          - name: on its way
            url_path: /on/{path}
            destinations:
              - name: order
                type: %s
                connection: %s
                is_active: true
                options:
                  method: POST
            respond_from: order
            delivery_mode: in-order
        outgoing_rest:
          - name: itself
            host: %s
            url_path: /files/{path}
        """;
    String host = server.traffic("").toString();
    JsonNode dangling =
        Client.json(client.apiPost("/config/import", yaml.formatted("rest", "none", host)));
    assertThat(dangling.at("/diagnostics/0/line").asInt()).as(dangling.toString()).isEqualTo(7);
    JsonNode unknown =
        Client.json(client.apiPost("/config/import", yaml.formatted("smtp", "itself", host)));
    assertThat(unknown.at("/diagnostics/0/message").asText())
        .contains("destinations[0].type", "rest");

    HttpResponse<String> imported =
        client.apiPost("/config/import", yaml.formatted("rest", "itself", host));
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);

    await().until(() -> client.post("/on/x", ORDER).statusCode() == 200);
    HttpResponse<String> answer = send("/on/x", ORDER, "X-Serai-CID", "the-cid");
    assertThat(Client.json(answer).path("pieces").asInt()).as(answer.body()).isEqualTo(2);
    HttpResponse<String> wrong = client.post("/on/x", "{}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("/id: missing");
    assertThat(client.apiGet("/config/export").body()).contains("delivery_mode: in");
  }

  @Test
  void someReadersAreToldOfSomeChannels() {
    String yaml =
        """
        channel_openapi:
          - name: partners
            url_path: /docs/partners
            security: script
            rest_channel_list: [order, %s]
        """;
    JsonNode dangling = Client.json(client.apiPost("/config/import", yaml.formatted("none")));
    assertThat(dangling.at("/diagnostics/0/line").asInt()).as(dangling.toString()).isEqualTo(5);
    HttpResponse<String> imported = client.apiPost("/config/import", yaml.formatted("gate"));
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);

    await().until(() -> client.get("/docs/partners").statusCode() == 401);
    HttpResponse<String> document =
        client.send(client.traffic("/docs/partners").header("X-API-Key", "the-key"));
    assertThat(Client.json(document).path("paths").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("/order/{id}", "/gate/{service}");
    HttpResponse<String> asYaml =
        client.send(
            client
                .traffic("/docs/partners")
                .headers("X-API-Key", "the-key", "Accept", "application/yaml"));
    assertThat(asYaml.body()).startsWith("openapi:");
  }
}
