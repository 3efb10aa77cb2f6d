package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.caravanserai.api.PublishOptions;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.MessageBroker;
import org.caravanserai.spi.MessageBroker.Format;
import org.caravanserai.spi.MessageBroker.Outgoing;
import org.caravanserai.spi.MessageBroker.Published;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What services publish, up to the broker. */
@SuppressWarnings("FutureReturnValueIgnored") // the service here returns stages as objects
class PublishTest {

  private final Server server = new Server();
  private final List<Outgoing> messages = new ArrayList<>();
  private final List<Published> open = new ArrayList<>();
  private Slot slot;

  /** An object that is published. */
  public record Order(int id, Optional<String> note) {}

  @BeforeEach
  void deploy() {
    slot = server.deploy(Server.Plugged.class);
    server.parts.bindBroker(
        (message, published) -> {
          messages.add(message);
          published.told("id-" + messages.size(), null);
        });
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static void does(Service<Object, Object> behaviour) {
    Server.Plugged.behaviour = behaviour;
  }

  private long inside() {
    return slot.current().orElseThrow().inside();
  }

  /** A broker whose disk answers later. */
  private void slow() {
    server.parts.bindBroker((message, published) -> open.add(published));
  }

  @Test
  void anObjectIsJsonAndTextAndBytesStayWhatTheyAre() {
    does(
        (input, context) -> {
          byte[] bytes = {1, 2};
          context.publish("orders", bytes);
          bytes[0] = 9;
          context.publish("orders", "a text");
          return context.publish("orders", new Order(1, Optional.empty()));
        });

    assertThat(server.invoke(slot, Map.of())).isEqualTo("id-3");
    assertThat(messages)
        .extracting(Outgoing::format)
        .containsExactly(Format.BYTES, Format.TEXT, Format.JSON);
    assertThat(messages.get(0).data()).containsExactly(1, 2);
    assertThat(new String(messages.get(1).data(), StandardCharsets.UTF_8)).isEqualTo("a text");
    assertThat(new String(messages.get(2).data(), StandardCharsets.UTF_8)).startsWith("{\"id\":1");
    assertThat(messages.get(0).cid()).isNotEmpty().isEqualTo(messages.get(2).cid());
    assertThat(messages.get(0).priority()).isEqualTo(5);
  }

  @Test
  void optionsGoWithTheMessage() {
    PublishOptions options =
        PublishOptions.NONE
            .withPriority(9)
            .withExpiration(Duration.ofMinutes(1))
            .withCorrelId("c")
            .withInReplyTo("r")
            .withExtClientId("e")
            .withDedupId("d")
            .withProperties(Map.of("region", "north"));

    server.invoker.publish("orders", Map.of("a", 1), options);

    Outgoing sent = messages.get(0);
    assertThat(sent.target()).isEqualTo("orders");
    assertThat(sent.priority()).isEqualTo(9);
    assertThat(sent.expiration()).contains(Duration.ofMinutes(1));
    assertThat(sent.correlId()).contains("c");
    assertThat(sent.inReplyTo()).contains("r");
    assertThat(sent.extClientId()).contains("e");
    assertThat(sent.dedupId()).contains("d");
    assertThat(sent.properties()).containsEntry("region", "north");
    assertThatThrownBy(() -> PublishOptions.NONE.withPriority(10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PublishOptions.NONE.withExpiration(Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusalsAreTheCallersToSee() {
    server.parts.bindBroker(
        (message, published) ->
            published.told(null, new ServiceException(429, "orders is full", null, 7)));
    does((input, context) -> context.publish("orders", "x"));

    assertThatThrownBy(() -> server.invoke(slot, Map.of()))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(429);
              assertThat(refusal.details()).isEqualTo("orders is full");
              assertThat(refusal.retryAfterSeconds()).isEqualTo(7);
            });
    does((input, context) -> context.publishAsync("orders", "x", PublishOptions.NONE));
    assertThatThrownBy(() -> server.invoke(slot, Map.of()))
        .isInstanceOfSatisfying(
            ServiceException.class, refusal -> assertThat(refusal.status()).isEqualTo(429));
  }

  @Test
  void withoutABrokerItIsTriedLater() {
    MessageBroker last = (message, published) -> {};
    server.parts.bindBroker(last);
    server.parts.unbindBroker(last);

    assertThatThrownBy(() -> server.invoker.publish("orders", "x", PublishOptions.NONE))
        .isInstanceOfSatisfying(
            ServiceException.class, refusal -> assertThat(refusal.status()).isEqualTo(503));
  }

  @Test
  void whoDoesNotWaitKeepsItsRevisionUntilWhatIsChainedHasRun() {
    slow();
    CompletableFuture<CompletionStage<String>> stage = new CompletableFuture<>();
    does(
        (input, context) -> {
          stage.complete(context.publishAsync("orders", "x", PublishOptions.NONE));
          return null;
        });
    server.invoke(slot, Map.of());

    assertThat(inside()).describedAs("the message is under way").isEqualTo(1);
    CompletableFuture<String> chained =
        Server.get(stage).thenApply(id -> id + inside()).toCompletableFuture();
    open.get(0).told("id", null);

    assertThat(Server.get(chained)).isEqualTo("id1");
    await().untilAsserted(() -> assertThat(inside()).isZero());
  }

  @Test
  void aCallThatHasEndedPublishesNothing() {
    CompletableFuture<org.caravanserai.api.Context> kept = new CompletableFuture<>();
    does(
        (input, context) -> {
          kept.complete(context);
          return null;
        });
    server.invoke(slot, Map.of());

    assertThatThrownBy(() -> Server.get(kept).publish("orders", "x"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(messages).isEmpty();
  }

  @Test
  void aDiskThatDoesNotAnswerEndsWithTheTime() {
    try (Server hurried = new Server("async__timeout", 1)) {
      hurried.parts.bindBroker((message, published) -> open.add(published));

      assertThatThrownBy(() -> hurried.invoker.publish("orders", "x", PublishOptions.NONE))
          .isInstanceOfSatisfying(
              ServiceException.class, refusal -> assertThat(refusal.status()).isEqualTo(504));
    }
  }

  @Test
  void whatIsNoJsonIsTheServicesFault() {
    Map<String, Object> endless = new HashMap<>();
    endless.put("itself", endless);
    does((input, context) -> context.publishAsync("orders", endless, PublishOptions.NONE));

    assertThatThrownBy(() -> server.invoke(slot, Map.of())).isInstanceOf(ServiceException.class);
    assertThat(messages).isEmpty();
    assertThat(inside()).isZero();
  }
}
