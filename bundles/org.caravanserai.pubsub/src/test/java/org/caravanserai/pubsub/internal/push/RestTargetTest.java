package org.caravanserai.pubsub.internal.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanserai.api.ServiceException;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.Connections.OpenConnection;
import org.caravanserai.spi.DocumentReceiver;
import org.caravanserai.spi.LiveConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestTargetTest {

  private static final Duration IN_TIME = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private PushServer server;
  private String queue;
  private final Partner partner = new Partner();

  @BeforeEach
  void start() throws Exception {
    server = new PushServer(folder.resolve("data"));
    queue = server.queue("crm");
    server.pushes.open(
        queue, queue, PushServer.rules(1, OrderingKey.NONE, 3), server.pushes.toRest("partner"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void open() {
    server.connections.all.put("partner", new OpenConnection("outgoing_rest", partner));
  }

  @Test
  void theMessageIsPostedAsJson() throws Exception {
    open();
    server.publish(List.of(PushServer.text("m0").with().cid("cid-3").build()));
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 0);
    JsonNode posted = new ObjectMapper().readTree(partner.documents.get(0));
    assertThat(posted.path("msg_id").asText()).isEqualTo("m0");
    assertThat(posted.path("data").asText()).isEqualTo("m0");
    assertThat(posted.path("delivery_count").asInt()).isEqualTo(1);
    assertThat(posted.path("redelivered").asBoolean()).isFalse();
    assertThat(partner.types).containsExactly("application/json");
    assertThat(partner.cids).containsExactly("cid-3");
  }

  @Test
  void aConnectionThatIsNotOpenIsWaitedFor() throws Exception {
    server.publish("m0");
    await()
        .atMost(IN_TIME)
        .until(() -> server.pushes.status(queue).orElseThrow().lastFailure().isPresent());
    open();
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 0);
    assertThat(server.dead(queue)).isEmpty();
  }

  @Test
  void whatIsRefusedIsTriedAgainAndThenDead() throws Exception {
    partner.refuses = true;
    open();
    server.publish("m0");
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 0);
    assertThat(partner.documents).hasSize(3);
    assertThat(
            new ObjectMapper().readTree(partner.documents.get(2)).path("redelivered").asBoolean())
        .isTrue();
    assertThat(server.dead(queue).get(0).message().properties())
        .containsEntry(DeadLetters.CAUSE, "Connection partner was answered 418");
  }

  /** Another system. */
  private static final class Partner
      implements LiveConnection<Partner.Fields, Partner>, DocumentReceiver {

    record Fields(String name) {}

    final List<byte[]> documents = new CopyOnWriteArrayList<>();
    final List<String> types = new CopyOnWriteArrayList<>();
    final List<String> cids = new CopyOnWriteArrayList<>();
    volatile boolean refuses;

    @Override
    public CompletionStage<?> send(Caller caller, String contentType, byte[] document) {
      assertThat(caller.nanosLeft()).isPositive();
      documents.add(document);
      types.add(contentType);
      cids.add(caller.cid());
      return refuses
          ? CompletableFuture.failedFuture(
              new ServiceException(418, "Connection partner was answered 418"))
          : CompletableFuture.completedFuture("");
    }

    @Override
    public Partner facade(Caller caller) {
      return this;
    }

    @Override
    public String ping() {
      return "";
    }

    @Override
    public void replace(Fields object) {}

    @Override
    public void close() {}
  }
}
