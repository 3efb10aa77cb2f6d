package org.caravanserai.pubsub.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.api.Context;
import org.caravanserai.api.PublishOptions;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.ServiceName;
import org.caravanserai.api.Services;
import org.caravanserai.broker.StoredMessage;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.internal.LiveCallPool;
import org.caravanserai.runtime.internal.LiveInvoker;
import org.caravanserai.runtime.internal.LiveRegistry;
import org.caravanserai.runtime.internal.Parts;
import org.caravanserai.runtime.internal.RuntimeSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What services publish, to the disk. */
class ServicePublisherTest {

  @TempDir private static Path folder;
  private static PubSubServer server;
  private static LiveRegistry registry;
  private static LiveCallPool pool;
  private static LiveInvoker services;

  /** Publishes what it is told. */
  @ServiceName("orders.tell")
  public static final class Tell implements Service<Map<String, Object>, String> {

    @Override
    public String handle(Map<String, Object> input, Context context) {
      return context.publish((String) input.get("to"), input);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server = new PubSubServer(folder);
    RuntimeSettings settings = Objects.settings(RuntimeSettings.class, Map.of());
    registry = new LiveRegistry(settings);
    pool = new LiveCallPool(settings);
    services = new LiveInvoker(settings, registry, pool);
    new Parts(services)
        .bindBroker(
            new ServicePublisher(
                Objects.settings(
                    PubSubSettings.class, Map.of("service__max__message__size", "100")),
                server.publisher,
                server.broker,
                server.topics,
                server.subscriptions,
                registry));
    ServiceRevision revision = registry.prepare(Tell.class, "tell", 1);
    registry.swap(List.of(revision), List.of());
  }

  @AfterAll
  static void stop() {
    pool.deactivate();
    services.deactivate();
    registry.deactivate();
    server.close();
  }

  private static List<StoredMessage> stored(String queue) {
    return server.broker.browse(queue, message -> true, 0, 100);
  }

  @Test
  void aServicePublishesToATopic() throws Exception {
    server.topic("Told");
    server.member("told", "told");
    server.subscribe("told", "told");
    Services outside = services;

    String id = outside.invoke("orders.tell", Map.of("to", "told", "n", 1), String.class);

    assertThat(stored("told/Told"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.message().id()).isEqualTo(id);
              assertThat(each.message().topic()).isEqualTo("Told");
              assertThat(each.message().publisher()).isEmpty();
              assertThat(each.message().cid()).isNotEmpty();
            });
  }

  @Test
  void optionsAreInTheMessage() throws Exception {
    server.queue("options");

    String id =
        services
            .publishAsync(
                "options",
                "text",
                PublishOptions.NONE
                    .withPriority(8)
                    .withExpiration(Duration.ofHours(1))
                    .withCorrelId("c")
                    .withProperties(Map.of("region", "north", "n", 3L)))
            .toCompletableFuture()
            .get();

    var message = stored("options").get(0).message();
    assertThat(message.id()).isEqualTo(id);
    assertThat(message.priority()).isEqualTo(8);
    assertThat(message.expiresAt()).isGreaterThan(System.currentTimeMillis());
    assertThat(message.correlId()).contains("c");
    assertThat(message.properties()).containsEntry("region", "north").containsEntry("n", 3L);
  }

  @Test
  void aServiceIsATargetThatLasts() {
    services.publish("orders.tell", Map.of("to", "x"), PublishOptions.NONE);

    assertThat(stored("serai.service/orders.tell"))
        .singleElement()
        .satisfies(each -> assertThat(each.message().topic()).isEqualTo("orders.tell"));
    assertThat(server.subscriptions.hasService("orders.tell")).isTrue();
  }

  private static void refused(String target, Object data, PublishOptions options, int status) {
    assertThatThrownBy(() -> services.publish(target, data, options))
        .isInstanceOfSatisfying(
            ServiceException.class, refusal -> assertThat(refusal.status()).isEqualTo(status));
  }

  @Test
  void refusalsHaveTheStatusOfTheRestInterface() throws Exception {
    server.queue("tiny", "maxMessageSize", "3", "maxDepth", 1L);

    refused("nowhere", "x", PublishOptions.NONE, 404);
    refused("serai.dead/x", "x", PublishOptions.NONE, 404);
    refused("tiny", "four", PublishOptions.NONE, 413);
    refused("orders.tell", "x".repeat(101), PublishOptions.NONE, 413);
    refused("tiny", "x", PublishOptions.NONE.withDedupId(""), 400);
    refused("tiny", "x", PublishOptions.NONE.withProperties(Map.of("_x", 1)), 400);
    refused("tiny", "x", PublishOptions.NONE.withProperties(Map.of("x", Optional.empty())), 400);
    services.publish("tiny", "1", PublishOptions.NONE);
    // The broker counts a message a moment after it has confirmed it.
    await().until(() -> server.broker.queue("tiny").orElseThrow().depth() == 1);
    refused("tiny", "2", PublishOptions.NONE, 429);
  }
}
