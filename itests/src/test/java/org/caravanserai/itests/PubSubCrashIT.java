package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers that are killed while messages are published and consumed, small ones and large ones, in
 * memory and on the disk: what was confirmed is delivered, what was acknowledged never comes again,
 * and what comes twice says so. Reliability tests T1 and T2.
 */
class PubSubCrashIT {

  private static final Logger LOG = LoggerFactory.getLogger(PubSubCrashIT.class);
  private static final String USER = "crash";
  private static final String PASSWORD = "a-password-for-tests";
  private static final String YAML =
      """
      security:
        - {name: crash, type: basic_auth, username: crash, password: a-password-for-tests}
      pubsub_topic:
        - name: crash.topic
      pubsub_permission:
        - security: crash
          pub: [crash.topic]
          sub: [crash.topic]
      pubsub_subscription:
        - security: crash
          delivery_type: pull
          topic_list: [crash.topic]
      """;
  private static final String LARGE = "x".repeat(1 << 20);
  private static final String SMALL = "x".repeat(1 << 10);
  private static final int PUBLISHERS = 4;
  private static final int CONSUMERS = 2;

  private final long seed = Long.getLong("serai.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Server server = Server.start();
  private final Client client = server.client();

  private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> delivered = new ConcurrentHashMap<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> wrong = ConcurrentHashMap.newKeySet();
  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong();
  private final AtomicInteger twice = new AtomicInteger();
  private volatile boolean publishing;
  private volatile boolean running;

  @AfterEach
  void end() {
    running = false;
    server.close();
    threads.shutdownNow();
  }

  @Test
  void whatWasConfirmedIsDeliveredAndWhatWasAcknowledgedIsNot() throws Exception {
    HttpResponse<String> imported = client.apiPost("/config/import", YAML);
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
    int kills = Length.of(3, 50);
    for (int i = 0; i < kills; i++) {
      publishing = true;
      running = true;
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int p = 0; p < PUBLISHERS; p++) {
        long own = random.nextLong();
        all.add(CompletableFuture.runAsync(() -> publish(new Random(own)), threads));
      }
      // The first run only publishes, so that messages wait on the disk beyond memory.
      for (int c = 0; i > 0 && c < CONSUMERS; c++) {
        all.add(CompletableFuture.runAsync(this::consume, threads));
      }
      pause(1_000 + random.nextInt(4_000));
      server.kill();
      running = false;
      all.forEach(CompletableFuture::join);
      server.restart();
    }
    publishing = false;
    running = true;
    // Leases of those who were killed with the server have ended with it.
    while (!isEmpty()) {
      consume();
    }

    Set<String> lost = new TreeSet<>(confirmed);
    lost.removeAll(delivered.keySet());
    LOG.info(
        "{\"test\":\"PubSubCrashIT\",\"kills\":{},\"confirmed\":{},\"delivered\":{},\"twice\":{},"
            + "\"acknowledged\":{},\"lost\":{},\"wrong\":{},\"seed\":{}}",
        kills,
        confirmed.size(),
        delivered.size(),
        twice.get(),
        acknowledged.size(),
        lost.size(),
        wrong.size(),
        seed);
    assertThat(confirmed).hasSizeGreaterThan(20);
    assertThat(lost).as("confirmed and never delivered").isEmpty();
    assertThat(wrong).isEmpty();
  }

  private void publish(Random own) {
    while (running && publishing) {
      String id = "m" + next.incrementAndGet();
      String fill = own.nextInt(5) == 0 ? LARGE : SMALL;
      JsonNode answer =
          call(
              "/pubsub/topic/crash.topic",
              "{\"data\":{\"id\":\"" + id + "\",\"fill\":\"" + fill + "\"}}");
      if (answer != null) {
        confirmed.add(id);
      }
    }
  }

  /** Takes messages and acknowledges most of them, until there are none and no more come. */
  private void consume() {
    Random own = new Random(next.get());
    while (running) {
      JsonNode taken =
          call(
              "/pubsub/messages/get",
              "{\"max_messages\":10,\"max_len\":50000000,\"ack\":\"manual\",\"lease\":2,\"wait\":1}");
      if (taken == null || (taken.path("message_count").asInt() == 0 && isEmpty())) {
        return;
      }
      List<String> messages = new ArrayList<>();
      for (JsonNode message : taken.path("messages")) {
        String id = message.path("data").path("id").asText();
        messages.add(message.path("msg_id").asText());
        note(id, message);
        ids.put(message.path("msg_id").asText(), id);
      }
      if (publishing && own.nextInt(4) == 0) {
        continue;
      }
      acknowledge(messages);
    }
  }

  private void note(String id, JsonNode message) {
    if (acknowledged.contains(id)) {
      wrong.add(id + " came again though it was acknowledged");
    }
    boolean again = delivered.merge(id, 1, Integer::sum) > 1;
    boolean marked =
        message.path("redelivered").asBoolean() || message.path("maybe_redelivered").asBoolean();
    if (again) {
      twice.incrementAndGet();
      if (!marked) {
        wrong.add(id + " came twice and does not say so");
      }
    }
  }

  private void acknowledge(List<String> messages) {
    if (messages.isEmpty()) {
      return;
    }
    JsonNode answer =
        call("/pubsub/messages/ack", "{\"msg_ids\":[\"" + String.join("\",\"", messages) + "\"]}");
    if (answer != null) {
      List<String> unknown = new ArrayList<>();
      answer.path("unknown").forEach(each -> unknown.add(each.asText()));
      messages.stream()
          .filter(each -> !unknown.contains(each))
          .forEach(each -> acknowledged.add(ids.get(each)));
    }
  }

  /** Whether nothing is left, not even what others hold. */
  private boolean isEmpty() {
    HttpResponse<String> answer = client.apiGet("/pubsub/queues?name=crash/crash.topic");
    return Client.json(answer).path("items").path(0).path("depth").asLong(-1) == 0;
  }

  /** What was answered; nothing if the server was killed meanwhile. */
  private @Nullable JsonNode call(String path, String body) {
    try {
      HttpResponse<String> answer =
          client.send(
              client
                  .traffic(path)
                  .header("Authorization", Client.basic(USER, PASSWORD))
                  .POST(BodyPublishers.ofString(body)));
      if (answer.statusCode() != 200) {
        // A server that is killed and one that starts say no.
        pause(50);
        return running && answer.statusCode() != 503 && answer.statusCode() != 429
            ? refused(answer)
            : null;
      }
      return Client.json(answer);
    } catch (UncheckedIOException e) {
      return null;
    }
  }

  private @Nullable JsonNode refused(HttpResponse<String> answer) {
    wrong.add(answer.statusCode() + " " + answer.body());
    return null;
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
