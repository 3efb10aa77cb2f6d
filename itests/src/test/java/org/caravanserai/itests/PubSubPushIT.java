package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that are pushed, what becomes of those that fail, and what operators do with them. */
@ExtendWith(ServerExtension.class)
class PubSubPushIT {

  private static final Duration IN_TIME = Duration.ofSeconds(60);

  private final Server server;
  private final Client client;
  private final String id = Sources.unique("push").toLowerCase(java.util.Locale.ROOT);
  private final String definition = id + "-crm";
  private final String topic = id + ".orders";
  private final String queue = definition + "/" + topic;
  private final Path folder = Server.newFolder();

  PubSubPushIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  /** A topic, and a subscription that is pushed. */
  private void subscribe(String push) {
    run(
        """
        security:
          - name: %1$s
            type: basic_auth
            username: %1$s
            password: a-password-for-tests
        pubsub_topic:
          - name: %2$s
        pubsub_permission:
          - security: %1$s
            pub: ['%3$s.*']
            sub: ['%3$s.*']
        pubsub_subscription:
          - security: %1$s
            delivery_type: push
            topic_list: [%2$s]
            retry_interval: 1
            retry_max_interval: 1
            max_attempts: 2
        %4$s
        """
            .formatted(definition, topic, id, push.indent(4)));
  }

  private void run(String yaml) {
    HttpResponse<String> imported = client.apiPost("/config/import", yaml);
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
  }

  /** Deploys a service that writes what it takes into files, and fails for poison. */
  private void deploy(String suffix) {
    HttpResponse<String> answer =
        client.deploy(
            id,
            Sources.service(
                id,
                "String",
                "Void",
                """
                if (input.contains("poison")) {
                  throw new IllegalArgumentException("no such customer");
                }
                java.nio.file.Path file = java.nio.file.Path.of("%s",
                    context.headers().get("msg_id") + "." + context.headers().get("topic_name"));
                java.nio.file.Files.writeString(file, input + "%s",
                    java.nio.file.StandardOpenOption.CREATE_NEW);
                return null;
                """
                    .formatted(folder, suffix)));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  private String publish(String data) {
    HttpResponse<String> answer =
        client.apiPost("/pubsub/publish?topic=" + topic, "{\"data\":" + data + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Client.json(answer).path("msgId").asText();
  }

  private JsonNode status(String name) {
    return Client.json(client.apiGet("/pubsub/queues?name=" + name)).path("items").path(0);
  }

  private void awaitDepth(String name, long depth) {
    await().atMost(IN_TIME).until(() -> status(name).path("depth").asLong(-1) == depth);
  }

  private List<String> taken() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(PubSubPushIT::content).sorted().toList();
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whatAServiceRefusesIsSearchedEditedAndReplayed() throws Exception {
    deploy("");
    subscribe("push_type: service\npush_service: " + id);
    String poison = publish("\"poison for 17\"");
    publish("\"tea\"");
    String dead = "serai.dead/" + queue;
    awaitDepth(dead, 1);
    awaitDepth(queue, 0);
    assertThat(taken()).containsExactly("tea");
    assertThat(status(queue).path("kind").asText()).isEqualTo("subscription");
    assertThat(status(queue).path("dead").asLong()).isEqualTo(1);
    assertThat(status(queue).path("push").path("delivered").asLong()).isEqualTo(1);

    JsonNode found =
        Client.json(client.apiGet("/pubsub/messages?queue=" + dead + "&text=for%2017"));
    JsonNode letter = found.path("items").path(0);
    assertThat(letter.path("msgId").asText()).isEqualTo(poison);
    assertThat(letter.path("dead").path("cause").asText())
        .isEqualTo("IllegalArgumentException: no such customer");
    assertThat(letter.path("dead").path("attempts").asInt()).isEqualTo(2);
    assertThat(letter.has("data")).isFalse();
    String one = "/pubsub/messages/" + letter.path("number").asLong() + "?queue=" + dead;
    assertThat(Client.json(client.apiGet(one)).path("data").asText()).isEqualTo("poison for 17");

    ScriptResult listed = server.run("bin/serai", "pubsub-dead", queue);
    assertThat(listed.output()).contains("no such customer", poison);

    HttpResponse<String> edited =
        client.send(client.api(one).PUT(BodyPublishers.ofString("{\"data\":\"medicine\"}")));
    assertThat(edited.statusCode()).as(edited.body()).isEqualTo(204);
    assertThat(client.apiGet(one).statusCode()).isEqualTo(404);
    ScriptResult replayed = server.run("bin/serai", "pubsub-replay", "--all", queue);
    assertThat(replayed.status()).as(replayed.output()).isZero();
    assertThat(replayed.output()).contains("1 given back to " + queue);
    awaitDepth(dead, 0);
    awaitDepth(queue, 0);
    await().atMost(IN_TIME).until(() -> taken().equals(List.of("medicine", "tea")));
  }

  @Test
  void redeployingAServiceLosesNothing() throws Exception {
    deploy("");
    subscribe("push_type: service\npush_service: " + id + "\nconcurrency: 4");
    int count = 200;
    for (int i = 0; i < count; i++) {
      publish("\"m\"");
      if (i % 20 == 0) {
        deploy("-" + i);
      }
    }
    awaitDepth(queue, 0);
    assertThat(taken()).hasSize(count);
    assertThat(status(queue).path("push").path("failures").asLong()).isZero();
    assertThat(status(queue).path("dead").asLong()).isZero();
  }

  @Test
  void aMessageIsPostedToAnotherSystem() throws Exception {
    List<String> posted = new CopyOnWriteArrayList<>();
    HttpServer partner =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    partner.createContext(
        "/in",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(posted.size() == 1 ? 503 : 202, -1);
          exchange.close();
        });
    partner.start();
    try {
      run(
          """
          outgoing_rest:
            - name: %s
              host: http://127.0.0.1:%d
              url_path: /in
          """
              .formatted(id, partner.getAddress().getPort()));
      subscribe("push_type: rest\npush_rest_endpoint: " + id);
      String msgId = publish("{\"item\":\"tea\",\"price\":1.10}");
      awaitDepth(queue, 0);
      assertThat(posted).hasSize(2);
      JsonNode message = Client.json(posted.get(1));
      assertThat(message.path("msg_id").asText()).isEqualTo(msgId);
      assertThat(message.path("topic_name").asText()).isEqualTo(topic);
      assertThat(message.path("redelivered").asBoolean()).isTrue();
      assertThat(posted.get(1)).contains("\"price\":1.10");
    } finally {
      partner.stop(0);
    }
  }

  @Test
  void filesArePublishedAndWritten() throws Exception {
    Path in = Server.newFolder();
    Path out = Server.newFolder();
    subscribe("push_type: file\npush_directory: " + out);
    run(
        """
        pubsub_folder:
          - name: %s
            directory: %s
            topic: %s
            security: %s
            pattern: '*.csv'
        """
            .formatted(id, in, topic, definition));
    Files.writeString(in.resolve("orders.csv"), "item;count\ntea;2\n");
    Files.writeString(in.resolve("other.txt"), "stays");
    await()
        .atMost(IN_TIME)
        .until(
            () -> {
              try (Stream<Path> files = Files.list(out)) {
                return files.anyMatch(file -> file.toString().endsWith(".csv"));
              }
            });
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.toList())
          .singleElement()
          .satisfies(file -> assertThat(file).hasContent("item;count\ntea;2\n"));
    }
    await().atMost(IN_TIME).until(() -> Files.exists(in.resolve(".done/orders.csv")));
    assertThat(in.resolve("other.txt")).exists();
    assertThat(client.apiGet("/routes/pubsub_folder/" + id).body()).contains("started");
  }

  @Test
  void operatorsLookAfterQueuesInTheShell() {
    run("pubsub_queue:\n  - name: " + id + "\n");
    ScriptResult published =
        server.run("bin/serai", "pubsub-publish", id, "{\"item\":\"tea\"}", "--json");
    assertThat(published.status()).as(published.output()).isZero();
    String msgId = Client.json(published.output()).path("msgId").asText();
    ScriptResult queues = server.run("bin/serai", "pubsub-queues", id);
    assertThat(queues.output()).containsPattern("Depth +1").containsPattern("Kind +queue");
    ScriptResult page = server.run("bin/serai", "pubsub-browse", id, "--json");
    JsonNode message = Client.json(page.output()).path("items").path(0);
    assertThat(message.path("msgId").asText()).isEqualTo(msgId);
    ScriptResult shown = server.run("bin/serai", "pubsub-get", id, message.path("number").asText());
    assertThat(shown.output()).contains("{\"item\":\"tea\"}", msgId);
    ScriptResult unasked = server.run("bin/serai", "pubsub-clear", id);
    assertThat(unasked.status()).isNotZero();
    assertThat(unasked.output()).contains("--yes");
    assertThat(client.apiPost("/pubsub/clear?queue=" + id + "&confirm=7", "").statusCode())
        .isEqualTo(422);
    assertThat(status(id).path("depth").asLong()).isEqualTo(1);
    ScriptResult cleared = server.run("bin/serai", "pubsub-clear", "--yes", id);
    assertThat(cleared.output()).contains("1 deleted");
    assertThat(status(id).path("depth").asLong()).isZero();
    assertThat(server.run("bin/serai", "pubsub-topics").status()).isZero();
    assertThat(server.run("bin/serai", "pubsub-replays", "--json").output()).contains("items");
  }
}
