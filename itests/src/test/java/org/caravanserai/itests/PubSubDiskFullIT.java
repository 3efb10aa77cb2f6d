package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages on a disk that fills: publishers are told, nothing confirmed is lost, and it goes on
 * without a restart. Reliability test T4.
 */
class PubSubDiskFullIT {

  private static final Logger LOG = LoggerFactory.getLogger(PubSubDiskFullIT.class);
  private static final int MEGABYTES = 400;
  private static final Duration IN_TIME = Duration.ofSeconds(90);
  private static final String YAML =
      """
      security:
        - {name: full, type: basic_auth, username: full, password: a-password-for-tests}
      pubsub_topic:
        - {name: full.topic}
      pubsub_permission:
        - {security: full, pub: [full.topic], sub: [full.topic]}
      pubsub_subscription:
        - {security: full, topic_list: [full.topic]}
      """;

  private final SmallDisk disk = new SmallDisk(MEGABYTES);
  private final Server server = Server.start(disk);
  private final Client client = server.client();
  private final Set<String> confirmed = new TreeSet<>();
  private int made;

  @AfterEach
  void end() {
    server.close();
    disk.close();
  }

  @Test
  void aFullDiskRefusesMessagesAndLosesNone() {
    HttpResponse<String> imported = client.apiPost("/config/import", YAML);
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
    for (int i = 0; i < 20; i++) {
      assertThat(publish()).isEqualTo(200);
    }
    disk.fill();
    await().atMost(IN_TIME).until(() -> publish() == 507);
    disk.free();
    await().atMost(IN_TIME).until(() -> publish() == 200);
    disk.fill();
    await().atMost(IN_TIME).until(() -> publish() == 507);
    disk.free();
    await().atMost(IN_TIME).until(() -> publish() == 200);

    Set<String> delivered = new TreeSet<>();
    await()
        .atMost(IN_TIME)
        .untilAsserted(
            () -> {
              JsonNode taken = Client.json(call("/pubsub/messages/get", "{\"max_messages\":1000}"));
              taken.path("messages").forEach(each -> delivered.add(each.path("data").asText()));
              assertThat(delivered).containsAll(confirmed);
            });
    LOG.info(
        "{\"test\":\"PubSubDiskFullIT\",\"confirmed\":{},\"delivered\":{},\"published\":{}}",
        confirmed.size(),
        delivered.size(),
        made);
  }

  private int publish() {
    String data = "m" + ++made;
    HttpResponse<String> answer = call("/pubsub/topic/full.topic", "{\"data\":\"" + data + "\"}");
    if (answer.statusCode() == 200) {
      confirmed.add(data);
    } else {
      assertThat(answer.statusCode()).as(answer.body()).isIn(503, 507);
      assertThat(Client.json(answer).path("is_ok").asBoolean(true)).isFalse();
    }
    return answer.statusCode();
  }

  private HttpResponse<String> call(String path, String body) {
    return client.send(
        client
            .traffic(path)
            .header("Authorization", Client.basic("full", "a-password-for-tests"))
            .POST(BodyPublishers.ofString(body)));
  }
}
