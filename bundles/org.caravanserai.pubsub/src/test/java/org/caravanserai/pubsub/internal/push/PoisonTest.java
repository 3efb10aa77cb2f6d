package org.caravanserai.pubsub.internal.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.broker.StoredMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoisonTest {

  private static final Duration IN_TIME = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private PushServer server;
  private String queue;
  private String neighbours;
  private final Recorder neighbour = new Recorder();
  private volatile boolean isOver;

  @BeforeEach
  void start() throws Exception {
    server = new PushServer(folder.resolve("data"), Map.of("timeout", 1));
    queue = server.queue("crm");
    neighbours = server.queue("erp");
    server.deploy("neighbour", neighbour);
    server.pushes.open(
        neighbours,
        neighbours,
        PushServer.rules(1, OrderingKey.NONE, 1),
        server.service("neighbour"));
  }

  @AfterEach
  void stop() {
    isOver = true;
    server.close();
  }

  /** Pushes 20 messages, of which one is poison for the service, and gives the dead letters. */
  private List<StoredMessage> poison(Service<String, Void> service, int attempts) throws Exception {
    server.deploy("victim", service);
    server.pushes.open(
        queue, queue, PushServer.rules(1, OrderingKey.NONE, attempts), server.service("victim"));
    server.publish(IntStream.range(0, 20).mapToObj(i -> "m" + i).toArray(String[]::new));
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 0 && server.depth(neighbours) == 0);
    assertThat(neighbour.taken).hasSize(20);
    assertThat(server.dead(neighbours)).isEmpty();
    List<StoredMessage> dead = server.dead(queue);
    assertThat(dead).extracting(letter -> letter.message().id()).containsExactly("m3");
    return dead;
  }

  private static String cause(List<StoredMessage> dead) {
    return dead.get(0).message().properties().get(DeadLetters.CAUSE).toString();
  }

  @Test
  void oneThatThrowsAlways() throws Exception {
    List<StoredMessage> dead =
        poison(
            new Service<String, Void>() {
              @Override
              public Void handle(String input, Context context) {
                if (input.equals("m3")) {
                  throw new IllegalStateException("no such customer");
                }
                return null;
              }
            },
            3);
    assertThat(cause(dead)).isEqualTo("IllegalStateException: no such customer");
  }

  @Test
  void oneThatOverflowsTheStack() throws Exception {
    List<StoredMessage> dead =
        poison(
            new Service<String, Void>() {
              @Override
              public Void handle(String input, Context context) {
                return input.equals("m3") ? deeper(input, context) : null;
              }

              private Void deeper(String input, Context context) {
                return handle(input, context);
              }
            },
            2);
    assertThat(cause(dead)).isEqualTo("StackOverflowError");
  }

  @Test
  void oneThatExhaustsTheMemory() throws Exception {
    List<StoredMessage> dead =
        poison(
            new Service<String, Void>() {
              @Override
              public Void handle(String input, Context context) {
                List<long[]> all = new ArrayList<>();
                while (input.equals("m3")) {
                  all.add(new long[Integer.MAX_VALUE - 8]);
                }
                return all.isEmpty() ? null : fail(all);
              }

              private Void fail(List<long[]> all) {
                throw new IllegalStateException("room for " + all.size());
              }
            },
            2);
    assertThat(cause(dead)).startsWith("OutOfMemoryError");
  }

  /** It is not tried for ever, although nothing says how often: its threads do not come back. */
  @Test
  void oneThatLoopsForEver() throws Exception {
    List<StoredMessage> dead =
        poison(
            new Service<String, Void>() {
              @Override
              public Void handle(String input, Context context) {
                while (input.equals("m3") && !isOver) {
                  Thread.onSpinWait();
                }
                return null;
              }
            },
            0);
    assertThat(cause(dead)).isEqualTo("Service victim did not answer within 1000 ms");
    assertThat(((Number) dead.get(0).message().properties().get(DeadLetters.ATTEMPTS)).intValue())
        .isEqualTo(PushRules.MAX_STUCK);
  }
}
