package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A topic that a server shares over the broker of another process, which is killed and returns. */
@ExtendWith(ServerExtension.class)
class PubSubRemoteIT {

  private static final String COMMON =
      """
      security:
        - {name: harbour, type: basic_auth, username: harbour, password: pw}
      pubsub_topic:
        - name: harbour.ships
      pubsub_permission:
        - {security: harbour, pub: ["harbour.**"], sub: ["harbour.**"]}
      pubsub_subscription:
        - {security: harbour, topic_list: [harbour.ships]}
      """;
  private static final String SHARED =
      """
      security:
        - {name: quay, type: basic_auth, username: quay, password: pw}
      pubsub_topic:
        - name: quay.ships
          backend_type: amqp
          remote:
            address: amqp://127.0.0.1:%d
            name: harbour.ships
            username: harbour
            password: pw
      pubsub_permission:
        - {security: quay, pub: [quay.ships], sub: [quay.ships]}
      pubsub_subscription:
        - {security: quay, topic_list: [quay.ships]}
      """;
  private static final Duration IN_TIME = Duration.ofSeconds(60);

  private static Server common;
  private final Client here;

  PubSubRemoteIT(Server server) {
    here = server.client();
  }

  @BeforeAll
  static void start() {
    common = Server.start(Server.newFolder(), Map.of());
    imported(common.client(), COMMON);
  }

  @AfterAll
  static void stop() {
    common.close();
  }

  private static void imported(Client client, String yaml) {
    HttpResponse<String> answer = client.apiPost("/config/import", yaml);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static JsonNode call(Client client, String user, String path, String body) {
    HttpResponse<String> answer =
        client.send(
            client
                .traffic("/pubsub/" + path)
                .header("Authorization", Client.basic(user, "pw"))
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer);
  }

  /** What has come, acknowledged: not even a killed server delivers it again. */
  private static List<Integer> fetched(Client client, String user) {
    List<Integer> numbers = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    call(client, user, "messages/get", "{\"wait\":1,\"ack\":\"manual\"}")
        .path("messages")
        .forEach(
            message -> {
              numbers.add(message.path("data").asInt());
              ids.add('"' + message.path("msg_id").asText() + '"');
            });
    if (!ids.isEmpty()) {
      call(client, user, "messages/ack", "{\"msg_ids\":" + ids + "}");
    }
    return numbers;
  }

  /** All the messages that come, until none of those expected is missing. */
  private static void assertComes(Client client, String user, int from, int to) {
    List<Integer> got = new ArrayList<>();
    await()
        .atMost(IN_TIME)
        .untilAsserted(
            () -> {
              got.addAll(fetched(client, user));
              assertThat(new TreeSet<>(got))
                  .containsExactlyElementsOf(IntStream.range(from, to).boxed().toList());
            });
    assertThat(got).doesNotHaveDuplicates();
  }

  private JsonNode remote() {
    for (JsonNode topic :
        Client.json(here.apiGet("/pubsub/topics?name=quay.ships")).path("items")) {
      return topic.path("remote");
    }
    return MissingNode.getInstance();
  }

  @Test
  void serversShareATopicThroughTheDeathOfTheBrokerBetweenThem() {
    imported(here, SHARED.formatted(common.brokerPort()));
    await().atMost(IN_TIME).until(() -> remote().path("connected").booleanValue());

    for (int i = 0; i < 10; i++) {
      call(
          i % 2 == 0 ? here : common.client(),
          i % 2 == 0 ? "quay" : "harbour",
          i % 2 == 0 ? "topic/quay.ships" : "topic/harbour.ships",
          "{\"data\":%d}".formatted(i));
    }
    assertComes(here, "quay", 0, 10);
    assertComes(common.client(), "harbour", 0, 10);

    common.kill();
    for (int i = 10; i < 20; i++) {
      call(here, "quay", "topic/quay.ships", "{\"data\":%d}".formatted(i));
    }
    await().atMost(IN_TIME).until(() -> remote().path("waiting").asInt() == 10);
    await().atMost(IN_TIME).until(() -> remote().path("failure").isTextual());
    assertThat(remote().path("connected").booleanValue()).isFalse();

    common.restart();
    assertComes(common.client(), "harbour", 10, 20);
    assertComes(here, "quay", 10, 20);
    await().atMost(IN_TIME).until(() -> remote().path("connected").booleanValue());
    assertThat(remote().path("waiting").asInt()).isZero();
  }
}
