package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Publish/subscribe by WebSocket on the real distribution, with crashes and stops of it. */
class PubSubWebSocketIT {

  private static final int BEFORE_THE_CRASH = 300;

  private static Server server;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    Path data = Server.newFolder();
    Path folder = Files.createDirectories(data.resolve("deploy"));
    Files.writeString(
        folder.resolve("serai.yaml"),
        """
        security:
          - {name: ws.partner, type: basic_auth, username: partner, password: pw}
          - {name: ws.mixer, type: basic_auth, username: mixer, password: pw}
          - {name: ws.nobody, type: basic_auth, username: nobody, password: pw}
        pubsub_topic:
          - {name: ws.mixed}
          - {name: ws.crash}
          - {name: ws.stop}
          - {name: ws.limits}
        pubsub_permission:
          - {security: ws.partner, pub: [ws.**], sub: [ws.**]}
          - {security: ws.mixer, pub: [ws.mixed], sub: [ws.mixed]}
        """);
    server = Server.start(data, Map.of("SERAI_STOP_DELAY", "0"));
    client = server.client();
    awaitPublishing();
  }

  /** Waits until the objects of the file are in operation. */
  private static void awaitPublishing() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> publish("ws.limits", "{\"data\":\"nobody gets it\"}").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> publish(String topic, String body) {
    return post("partner", "/pubsub/topic/" + topic, body);
  }

  private static HttpResponse<String> post(String user, String path, String body) {
    HttpRequest.Builder request = client.traffic(path);
    return client.send(
        request
            .header("Authorization", Client.basic(user, "pw"))
            .POST(BodyPublishers.ofString(body)));
  }

  /** By a definition of its own: others leave messages behind. */
  @Test
  void restAndSocketsShareTopicsAndQueues() throws Exception {
    try (PubSubSocket socket = PubSubSocket.connect(server, "mixer")) {
      socket.send("{'action':'subscribe','id':1,'topics':['ws.mixed'],'ack':'manual'}");
      socket.next("subscribed");
      JsonNode answer =
          Client.json(post("mixer", "/pubsub/topic/ws.mixed", "{\"data\":{\"by\":\"rest\"}}"));
      JsonNode message = socket.next("message");
      assertThat(message.path("msg_id")).isEqualTo(answer.path("msg_id"));
      assertThat(message.path("data").path("by").asText()).isEqualTo("rest");
      assertThat(message.path("publisher").asText()).isEqualTo("ws.mixer");
      String id = message.path("msg_id").asText();
      socket.send("{'action':'ack','id':2,'msg_ids':['" + id + "']}").next("acked");
      socket.send("{'action':'unsubscribe','topics':['ws.mixed']}").next("unsubscribed");

      socket.send("{'action':'publish','id':3,'topic':'ws.mixed','data':'by socket'}");
      String published = socket.next("published").path("msg_id").asText();
      JsonNode fetched = Client.json(post("mixer", "/pubsub/messages/get", "{}"));
      assertThat(fetched.path("messages").findValuesAsText("msg_id")).containsExactly(published);
    }
  }

  @Test
  void whoMayNotIsAnsweredBeforeTheUpgrade() {
    HttpResponse<String> answer =
        client.send(
            client.traffic("/pubsub/ws").header("Authorization", Client.basic("partner", "no")));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(Client.json(answer).path("is_ok").asBoolean(true)).isFalse();
    assertThat(
            client
                .send(
                    client
                        .traffic("/pubsub/ws")
                        .header("Authorization", Client.basic("partner", "pw")))
                .statusCode())
        .isEqualTo(426);
  }

  @Test
  void whatMakesNoSenseIsSaid() throws Exception {
    try (PubSubSocket socket = PubSubSocket.connect(server, "partner")) {
      socket.send("{'action':'publish','id':'a','topic':'other','data':1}");
      assertThat(socket.next("error").path("status").asText()).isEqualTo("403 Forbidden");
      socket.send("{'action':'publish','id':'a','topic':'ws.none','data':1}");
      assertThat(socket.next("error").path("status").asText()).isEqualTo("404 Not Found");
      socket.send("{'action':'publish','topic':'ws.limits','priority':11,'data':1}");
      assertThat(socket.next("error").path("details").asText()).startsWith("priority:");
      socket.send("{'action':'publish','topic':'ws.limits','data':1}").next("published");
    }
  }

  @Test
  void aCrashLosesNothingThatWasConfirmed() throws Exception {
    Set<Integer> confirmed = new HashSet<>();
    Map<String, Integer> received = new HashMap<>();
    Set<String> acknowledged = new HashSet<>();
    try (PubSubSocket publisher = PubSubSocket.connect(server, "partner");
        PubSubSocket consumer = PubSubSocket.connect(server, "partner")) {
      consumer.send("{'action':'subscribe','topics':['ws.crash'],'ack':'manual'}");
      consumer.next("subscribed");
      CompletableFuture<Void> consuming =
          CompletableFuture.runAsync(() -> consume(consumer, received, acknowledged));
      CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish(publisher));
      while (confirmed.size() < BEFORE_THE_CRASH) {
        confirmed.add(publisher.next("published").path("id").asInt());
      }
      server.kill();
      for (JsonNode frame; (frame = publisher.nextUnlessClosed()) != null; ) {
        confirmed.add(frame.path("id").asInt());
      }
      publishing.get(60, TimeUnit.SECONDS);
      consuming.get(60, TimeUnit.SECONDS);
    }
    server.restart();

    awaitPublishing();
    Map<String, JsonNode> again = new HashMap<>();
    try (PubSubSocket consumer = PubSubSocket.connect(server, "partner")) {
      publish("ws.crash", "{\"data\":-1}");
      consumer.send("{'action':'subscribe','topics':['ws.crash'],'ack':'manual'}");
      consumer.next("subscribed");
      for (int data = 0; data >= 0; ) {
        JsonNode frame = consumer.next();
        if (frame.path("type").asText().equals("message")) {
          String id = frame.path("msg_id").asText();
          data = frame.path("data").asInt();
          again.put(id, frame);
          consumer.send("{'action':'ack','msg_ids':['" + id + "']}");
        }
      }
    }

    Set<Integer> delivered = new HashSet<>(received.values());
    again.values().forEach(each -> delivered.add(each.path("data").asInt()));
    assertThat(delivered).containsAll(confirmed);
    assertThat(again).doesNotContainKeys(acknowledged.toArray(String[]::new));
    assertThat(again.values())
        .filteredOn(each -> received.containsKey(each.path("msg_id").asText()))
        .allMatch(
            each ->
                each.path("redelivered").asBoolean() || each.path("maybe_redelivered").asBoolean());
  }

  /** Publishes numbers until the connection ends. */
  private static void publish(PubSubSocket publisher) {
    for (int i = 0; i < 100_000; i++) {
      try {
        publisher.send("{'action':'publish','id':" + i + ",'topic':'ws.crash','data':" + i + "}");
      } catch (Exception e) {
        return;
      }
    }
  }

  /** Acknowledges each message, until the connection ends. */
  private static void consume(
      PubSubSocket consumer, Map<String, Integer> received, Set<String> acknowledged) {
    try {
      for (JsonNode frame; (frame = consumer.nextUnlessClosed()) != null; ) {
        if (frame.path("type").asText().equals("message")) {
          String id = frame.path("msg_id").asText();
          received.put(id, frame.path("data").asInt());
          consumer.send("{'action':'ack','id':'" + id + "','msg_ids':['" + id + "']}");
        } else if (frame.path("count").asInt() == 1) {
          acknowledged.add(frame.path("id").asText());
        }
      }
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    } catch (Exception e) {
      // The connection ended while an acknowledgement was sent.
    }
  }

  @Test
  void theStopOfTheServerIsSaidAndWhatWasNotAcknowledgedComesAgain() throws Exception {
    String id;
    try (PubSubSocket socket = PubSubSocket.connect(server, "partner")) {
      socket.send("{'action':'subscribe','topics':['ws.stop'],'ack':'manual'}").next("subscribed");
      publish("ws.stop", "{\"data\":\"before\"}");
      id = socket.next("message").path("msg_id").asText();
      server.stop();
      assertThat(socket.closeCode()).isEqualTo(1001);
    }
    server.restart();
    awaitPublishing();
    try (PubSubSocket socket = PubSubSocket.connect(server, "partner")) {
      socket.send("{'action':'subscribe','topics':['ws.stop']}").next("subscribed");
      JsonNode message = socket.next("message");
      assertThat(message.path("msg_id").asText()).isEqualTo(id);
      assertThat(message.path("redelivered").asBoolean()).isTrue();
      assertThat(message.path("maybe_redelivered").asBoolean()).isFalse();
    }
  }
}
