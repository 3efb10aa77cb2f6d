package org.caravanserai.pubsub.internal.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.caravanserai.pubsub.internal.PubSubServer;
import org.caravanserai.pubsub.internal.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PubSubWebSocketsTest {

  private static final int MAX_FRAME = 2_000_000;

  @TempDir private static Path folder;

  private static SocketServer server;

  @BeforeAll
  static void open() throws Exception {
    server =
        new SocketServer(
            folder,
            Map.of(
                "max__frame__size", MAX_FRAME,
                "max__bad__frames", 5,
                "max__topics", 3,
                "max__requests", 50,
                "max__in__flight", 500,
                "max__in__flight__bytes", 1_000_000L));
    server.member("ada", List.of("**"), List.of("**"));
    server.member("bob", List.of("**"), List.of("bob.**"));
    server.member("carl", List.of("bob.**", "bob"), List.of("bob.**"));
    server.server.user("eve");
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static long depth(String queue) {
    return server.broker.queue(queue).orElseThrow().depth();
  }

  @Test
  void aMessageGoesFromOneClientToAnother() throws Exception {
    server.topic("greetings");
    try (SocketClient ada = server.connect("ada");
        SocketClient bob = server.connect("bob")) {
      ada.send("{'action':'subscribe','id':'s1','topics':['Greetings'],'ack':'manual'}");
      assertThat(ada.next().toString())
          .isEqualTo("{\"type\":\"subscribed\",\"id\":\"s1\",\"topics\":[\"greetings\"]}");

      bob.send(
          "{'action':'publish','id':1,'topic':'greetings','data':{'hello':[1,'ä']},'priority':7,"
              + "'correl_id':'c','properties':{'region':'north'}}");
      JsonNode published = bob.next("published");
      assertThat(published.path("id").asInt()).isEqualTo(1);
      assertThat(published.path("cid").asText()).isNotEmpty();

      JsonNode message = ada.next("message");
      assertThat(message.path("msg_id")).isEqualTo(published.path("msg_id"));
      assertThat(message.path("data").toString()).isEqualTo("{\"hello\":[1,\"ä\"]}");
      assertThat(message.path("topic_name").asText()).isEqualTo("greetings");
      assertThat(message.path("priority").asInt()).isEqualTo(7);
      assertThat(message.path("publisher").asText()).isEqualTo("bob");
      assertThat(message.path("correl_id").asText()).isEqualTo("c");
      assertThat(message.path("cid")).isEqualTo(published.path("cid"));
      assertThat(message.path("properties").path("region").asText()).isEqualTo("north");
      assertThat(message.path("redelivered").asBoolean()).isFalse();

      String id = message.path("msg_id").asText();
      ada.send("{'action':'ack','id':2,'msg_ids':['" + id + "','unknown']}");
      assertThat(ada.next().toString())
          .isEqualTo("{\"type\":\"acked\",\"id\":2,\"count\":1,\"unknown\":[\"unknown\"]}");
      await().until(() -> depth("ada/greetings") == 0);
    }
  }

  @Test
  void aBatchIsConfirmedAsOne() throws Exception {
    server.topic("batches");
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['batches']}").next("subscribed");
      ada.send("{'action':'publish','topic':'batches','messages':[{'data':1},{'data':'two'}]}");
      List<JsonNode> frames = List.of(ada.next(), ada.next(), ada.next());
      JsonNode published = only(frames, "published");
      assertThat(published.has("id")).isFalse();
      assertThat(published.path("msg_ids")).hasSize(2);
      assertThat(frames.stream().filter(each -> each.has("data")).map(each -> each.path("data")))
          .extracting(JsonNode::toString)
          .containsExactly("1", "\"two\"");
    }
  }

  private static JsonNode only(List<JsonNode> frames, String type) {
    return frames.stream()
        .filter(frame -> frame.path("type").asText().equals(type))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void manyPublishesInFlightAreAllConfirmedAndComeInOrder() throws Exception {
    server.topic("many");
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['many'],'max_in_flight':500}").next("subscribed");
      for (int i = 0; i < 3000; i++) {
        ada.send("{'action':'publish','id':" + i + ",'topic':'many','data':" + i + "}");
      }
      Set<Integer> confirmed = new HashSet<>();
      List<Integer> received = new ArrayList<>();
      for (int i = 0; i < 6000; i++) {
        JsonNode frame = ada.next();
        if (frame.path("type").asText().equals("published")) {
          confirmed.add(frame.path("id").asInt());
        } else {
          received.add(frame.path("data").asInt());
        }
      }
      assertThat(confirmed).hasSize(3000);
      assertThat(received).hasSize(3000).isSorted();
      await().until(() -> depth("ada/many") == 0);
    }
  }

  @Test
  void whatWasNotAcknowledgedComesAgain() throws Exception {
    server.topic("again");
    List<String> ids = new ArrayList<>();
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['again'],'ack':'manual','max_in_flight':2}");
      ada.next("subscribed");
      for (int i = 0; i < 4; i++) {
        server.publish("again", "m" + i);
      }
      ada.messages(2).forEach(each -> ids.add(each.path("msg_id").asText()));
      ada.send("{'action':'ack','msg_ids':['" + ids.get(0) + "']}");
      List<JsonNode> next = List.of(ada.next(), ada.next());
      assertThat(only(next, "acked").path("count").asInt()).isEqualTo(1);
      assertThat(only(next, "message").path("data").asText()).isEqualTo("m2");
      assertThat(ada.frames).isEmpty();
      ada.abort();
    }
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['again']}").next("subscribed");
      List<JsonNode> messages = ada.messages(3);
      assertThat(messages)
          .extracting(each -> each.path("data").asText())
          .containsExactly("m1", "m2", "m3");
      assertThat(messages)
          .extracting(each -> each.path("redelivered").asBoolean())
          .containsExactly(true, true, false);
      assertThat(messages.get(0).path("delivery_count").asInt()).isEqualTo(2);
      await().until(() -> depth("ada/again") == 0);
    }
  }

  @Test
  void aNackBringsItAgainAtOnce() throws Exception {
    server.topic("nacks");
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['nacks'],'ack':'manual'}").next("subscribed");
      server.publish("nacks", "x");
      String id = ada.next("message").path("msg_id").asText();
      ada.send("{'action':'nack','id':'n','msg_ids':['" + id + "']}");
      List<JsonNode> frames = List.of(ada.next(), ada.next());
      assertThat(only(frames, "nacked").path("count").asInt()).isEqualTo(1);
      assertThat(only(frames, "message").path("redelivered").asBoolean()).isTrue();
      ada.send("{'action':'ack','msg_ids':['" + id + "']}");
      assertThat(ada.next("acked").path("count").asInt()).isEqualTo(1);
      ada.send("{'action':'ack','msg_ids':['" + id + "']}");
      assertThat(ada.next("acked").path("unknown").get(0).asText()).isEqualTo(id);
    }
  }

  @Test
  void clientsOfOneDefinitionShareItsQueue() throws Exception {
    server.topic("shared");
    try (SocketClient one = server.connect("ada");
        SocketClient two = server.connect("ada")) {
      for (SocketClient each : List.of(one, two)) {
        each.send("{'action':'subscribe','topics':['shared'],'ack':'manual','max_in_flight':5}");
        each.next("subscribed");
      }
      for (int i = 0; i < 10; i++) {
        server.publish("shared", "m" + i);
      }
      Set<String> all = new HashSet<>();
      one.messages(5).forEach(each -> all.add(each.path("msg_id").asText()));
      two.messages(5).forEach(each -> all.add(each.path("msg_id").asText()));
      assertThat(all).hasSize(10);
    }
  }

  @Test
  void aQueueIsReceivedFromAsATopicIs() throws Exception {
    server.topics.open(new Topic("work", Topic.Type.QUEUE, 1000, 1000));
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['work']}").next("subscribed");
      server.publish("work", "x");
      assertThat(ada.next("message").path("data").asText()).isEqualTo("x");
      await().until(() -> depth("work") == 0);
      assertThat(server.broker.queue("ada/work")).isEmpty();
    }
  }

  @Test
  void unsubscribingLeavesTheQueueAsItIs() throws Exception {
    server.topic("pause");
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['pause'],'ack':'manual'}").next("subscribed");
      server.publish("pause", "one");
      String id = ada.next("message").path("msg_id").asText();
      ada.send("{'action':'unsubscribe','id':'u','topics':['PAUSE','other']}");
      assertThat(ada.next().toString())
          .isEqualTo("{\"type\":\"unsubscribed\",\"id\":\"u\",\"topics\":[\"pause\"]}");
      ada.send("{'action':'ack','msg_ids':['" + id + "']}");
      assertThat(ada.next("acked").path("count").asInt()).isZero();
      server.publish("pause", "two");
      await().until(() -> depth("ada/pause") == 2);

      ada.send("{'action':'subscribe','topics':['pause']}").next("subscribed");
      assertThat(ada.messages(2))
          .extracting(each -> each.path("data").asText())
          .containsExactly("one", "two");
    }
  }

  @Test
  void subscribingAgainChangesHow() throws Exception {
    server.topic("modes");
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['modes'],'ack':'manual','max_in_flight':1}");
      ada.next("subscribed");
      for (int i = 0; i < 3; i++) {
        server.publish("modes", "m" + i);
      }
      ada.next("message");
      ada.send("{'action':'subscribe','topics':['modes'],'ack':'auto','max_in_flight':2}");
      ada.next("subscribed");
      assertThat(ada.messages(2))
          .extracting(each -> each.path("data").asText())
          .containsExactly("m1", "m2");
      await().until(() -> depth("ada/modes") == 1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'id':1,'action':'publish','topic':'eve.secret','data':1}             | 403 Forbidden | you may not publish to eve.secret
          {'id':1,'action':'publish','topic':'bob.missing','data':1}            | 404 Not Found | there is no topic or queue bob.missing, or it is not active
          {'id':1,'action':'publish','topic':'bob/x','data':1}                  | 400 Bad Request | topic_name: expected letters
          {'id':1,'action':'publish','topic':'bob.is'}                          | 400 Bad Request | data: missing
          {'id':1,'action':'publish','topic':'bob.is','data':1,'priority':10}   | 400 Bad Request | priority:
          {'id':1,'action':'subscribe','topics':['ada.is']}                     | 403 Forbidden | you may not subscribe to ada.is
          {'id':1,'action':'subscribe','topics':['bob.is','bob.missing']}       | 404 Not Found | there is no topic or queue bob.missing
          {'id':1,'action':'subscribe','topics':['']}                           | 400 Bad Request | topics: expected letters
          {'id':1,'action':'subscribe','topics':['bob.is'],'max_in_flight':501} | 400 Bad Request | max_in_flight: expected at most 500
          {'id':1,'action':'ack'}                                               | 400 Bad Request | msg_ids: missing
          {'id':1,'action':'dance'}                                             | 400 Bad Request | action: expected publish
          {'id':1}                                                              | 400 Bad Request | action: missing
          """)
  void whatIsRefusedIsSaidAndTheSocketStaysOpen(String frame, String status, String details)
      throws Exception {
    server.topic("bob.is");
    server.topic("ada.is");
    try (SocketClient carl = server.connect("carl")) {
      carl.send(frame);
      JsonNode error = carl.next("error");
      assertThat(error.path("id").asInt()).isEqualTo(1);
      assertThat(error.path("status").asText()).isEqualTo(status);
      assertThat(error.path("details").asText()).startsWith(details);
      assertThat(error.path("cid").asText()).isNotEmpty();
      carl.send("{'action':'publish','topic':'bob.is','data':1}").next("published");
    }
    assertThat(server.broker.queue("carl/bob.is")).isEmpty();
  }

  @Test
  void tooManyTopicsAreRefused() throws Exception {
    for (String name : List.of("t1", "t2", "t3", "t4")) {
      server.topic(name);
    }
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['t1','t2','T1']}").next("subscribed");
      ada.send("{'action':'subscribe','topics':['t3','t4']}");
      assertThat(ada.next("error").path("details").asText())
          .isEqualTo("topics: more than the 3 that a socket may have");
      ada.send("{'action':'subscribe','topics':['t3','t2']}").next("subscribed");
    }
  }

  @Test
  void dataThatIsTooLargeIsRefused() throws Exception {
    server.topics.open(new Topic("tiny", Topic.Type.TOPIC, 10, 5));
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'publish','topic':'tiny','messages':[{'data':'1'},{'data':'123456'}]}");
      assertThat(ada.next("error").path("status").asText()).isEqualTo("413 Payload Too Large");
      ada.send("{'action':'publish','topic':'tiny','data':'" + "x".repeat(MAX_FRAME) + "'}");
      assertThat(ada.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void aFullTopicIsSaidSo() throws Exception {
    server.topics.open(new Topic("small", Topic.Type.TOPIC, 2, 1000));
    server.subscriptions.subscribe("ada", server.topics.find("small"));
    try (SocketClient ada = server.connect("ada")) {
      List<String> statuses = new ArrayList<>();
      await()
          .until(
              () -> {
                ada.send("{'action':'publish','topic':'small','data':1}");
                JsonNode answer = ada.next();
                statuses.add(answer.path("status").asText());
                return answer.path("type").asText().equals("error");
              });
      assertThat(statuses.get(statuses.size() - 1)).isEqualTo("429 Too Many Requests");
      assertThat(statuses).hasSizeGreaterThan(2);
    }
  }

  @Test
  void tooManyFramesThatMakeNoSenseCloseTheSocket() throws Exception {
    server.topic("patience");
    try (SocketClient ada = server.connect("ada")) {
      for (int i = 0; i < 5; i++) {
        ada.send("{nonsense").next("error");
      }
      ada.send("{'action':'publish','topic':'patience','data':1}").next("published");
      for (int i = 0; i < 6; i++) {
        ada.send("nonsense").next("error");
      }
      assertThat(ada.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void whoIsNotKnownIsNotLetIn() throws Exception {
    assertThatThrownBy(() -> server.connect("Authorization", "Basic bm86Ym9keQ=="))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> {
              assertThat(refused.getResponse().statusCode()).isEqualTo(401);
              assertThat(refused.getResponse().headers().firstValue("WWW-Authenticate"))
                  .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic"));
            });
    // A definition without a permission.
    assertThatThrownBy(() -> server.connect("eve")).hasMessageContaining("Handshake");
    PubSubServer.Answer plain = server.get();
    assertThat(plain.status()).isEqualTo(401);
    assertThat(plain.json().path("is_ok").asBoolean(true)).isFalse();
    assertThat(plain.json().path("status").asText()).isEqualTo("401 Unauthorized");
    PubSubServer.Answer known = server.get("Authorization", SocketServer.basic("ada"));
    assertThat(known.status()).isEqualTo(426);
    assertThat(known.json().path("is_ok").asBoolean(true)).isFalse();
    assertThat(known.details()).isEqualTo("a WebSocket is at this path");
  }

  @Test
  void anApiKeyLetsIn() throws Exception {
    server.server.key("device", "k1");
    server.permissions.grant("device", List.of("**"), List.of("**"));
    server.topic("keys");
    try (SocketClient device = server.connect("X-API-Key", "k1")) {
      device.send("{'action':'publish','topic':'keys','data':1}").next("published");
    }
  }

  @Test
  void whoLosesAPermissionIsDisconnected() throws Exception {
    server.member("fay", List.of("**"), List.of("**"));
    server.topic("revoked");
    try (SocketClient fay = server.connect("fay");
        SocketClient ada = server.connect("ada")) {
      fay.send("{'action':'subscribe','topics':['revoked'],'ack':'manual'}").next("subscribed");
      server.publish("revoked", "x");
      fay.next("message");
      server.permissions.revoke("fay");
      assertThat(fay.closeCode()).isEqualTo(1008);
      await().until(() -> server.broker.queue("fay/revoked").orElseThrow().consumers() == 0);
      await().until(() -> depth("fay/revoked") == 1);
      ada.send("{'action':'publish','topic':'revoked','data':1}").next("published");
    }
    assertThatThrownBy(() -> server.connect("fay")).hasMessageContaining("Handshake");
  }

  @Test
  void whoseSubscriptionEndsIsTold() throws Exception {
    server.topic("ending");
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['ending'],'ack':'manual'}").next("subscribed");
      server.publish("ending", "x");
      ada.next("message");
      server.subscriptions.unsubscribe(server.subscriptions.find("ada", "ending"));
      JsonNode told = ada.next("unsubscribed");
      assertThat(told.path("topics").get(0).asText()).isEqualTo("ending");
      assertThat(told.path("details").asText()).isEqualTo("the subscription has ended");
      assertThat(told.has("id")).isFalse();
      ada.send("{'action':'subscribe','topics':['ending']}").next("subscribed");
      server.publish("ending", "y");
      assertThat(ada.next("message").path("data").asText()).isEqualTo("y");
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsALimitedNumberOfBytes() throws Exception {
    server.topic("heavy");
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['heavy'],'ack':'manual','max_in_flight':500}");
      ada.next("subscribed");
      String data = "x".repeat(100_000);
      for (int i = 0; i < 40; i++) {
        server.publish("heavy", data);
      }
      // 1,000,000 bytes are 10 messages.
      List<String> ids = new ArrayList<>();
      ada.messages(10).forEach(each -> ids.add(each.path("msg_id").asText()));
      await().until(() -> server.broker.queue("ada/heavy").orElseThrow().delivering() == 10);
      assertThat(ada.frames).isEmpty();
      int received = 10;
      while (received < 40) {
        ada.send("{'action':'ack','msg_ids':['" + String.join("','", ids) + "']}");
        ids.clear();
        for (boolean acked = false; !acked || ids.isEmpty(); ) {
          JsonNode frame = ada.next();
          if (frame.path("type").asText().equals("acked")) {
            acked = true;
          } else {
            ids.add(frame.path("msg_id").asText());
            received++;
          }
        }
      }
      assertThat(received).isEqualTo(40);
    }
  }

  @Test
  void inAutoModeWhatIsNotReadIsNotAcknowledged() throws Exception {
    server.topic("unread");
    try (SocketClient ada = server.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['unread'],'max_in_flight':500}");
      ada.next("subscribed");
      ada.readNoMore();
      String data = "x".repeat(200_000);
      for (int i = 0; i < 200; i++) {
        server.publish("unread", data);
      }
      // The buffers of the network have some; the server holds up to 1,000,000 bytes more.
      assertThat(depth("ada/unread")).isPositive();
      assertThat(server.broker.queue("ada/unread").orElseThrow().delivering())
          .isLessThanOrEqualTo(6);
      ada.readOn();
      assertThat(ada.messages(200)).hasSize(200);
      await().until(() -> depth("ada/unread") == 0);
    }
  }

  @Test
  void theStopOfTheServerClosesWith1001AndLosesNothing(@TempDir Path own) throws Exception {
    try (SocketServer stopping = new SocketServer(own, Map.of())) {
      stopping.member("ada", List.of("**"), List.of("**"));
      stopping.topic("last");
      try (SocketClient ada = stopping.connect("ada")) {
        ada.send("{'action':'subscribe','topics':['last'],'ack':'manual'}").next("subscribed");
        ada.send("{'action':'publish','topic':'last','data':1}");
        ada.next();
        ada.next();
        stopping.server.stopTraffic();
        assertThat(ada.closeCode()).isEqualTo(1001);
      }
      await().until(() -> stopping.broker.queue("ada/last").orElseThrow().consumers() == 0);
      await().until(() -> stopping.broker.queue("ada/last").orElseThrow().depth() == 1);
      await().until(() -> stopping.sockets.count() == 0);
    }
  }

  @Test
  void theStopOfPublishSubscribeAloneDisconnectsAll(@TempDir Path own) throws Exception {
    try (SocketServer stopping = new SocketServer(own, Map.of())) {
      stopping.member("ada", List.of("**"), List.of("**"));
      try (SocketClient ada = stopping.connect("ada")) {
        stopping.sockets.stop();
        assertThat(ada.closeCode()).isEqualTo(1001);
        assertThat(stopping.get("Authorization", SocketServer.basic("ada")).status())
            .isEqualTo(404);
      }
    }
  }

  @Test
  void aFailureOfTheBrokerIsSaid(@TempDir Path own) throws Exception {
    SocketServer failing = new SocketServer(own, Map.of());
    failing.member("ada", List.of("**"), List.of("**"));
    failing.topic("gone");
    try (SocketClient ada = failing.connect("ada")) {
      ada.send("{'action':'subscribe','topics':['gone']}").next("subscribed");
      await().until(() -> failing.broker.queue("ada/gone").orElseThrow().consumers() == 1);
      failing.server.broker.close();
      assertThat(ada.next("unsubscribed").path("details").asText())
          .isEqualTo("the subscription has ended");
      ada.send("{'action':'publish','id':'p','topic':'gone','data':1}");
      JsonNode error = ada.next("error");
      assertThat(error.path("status").asText()).startsWith("50");
      assertThat(error.path("id").asText()).isEqualTo("p");
    } finally {
      failing.close();
    }
  }
}
