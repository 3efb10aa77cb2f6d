package org.caravanserai.pubsub.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravanserai.pubsub.internal.Objects;
import org.caravanserai.pubsub.internal.PubSubServer;
import org.caravanserai.pubsub.internal.remote.RemoteLinks;
import org.caravanserai.spi.InvalidObjectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What objects of publish/subscribe may say. */
class KindsTest {

  @TempDir private static Path folder;
  private static PubSubServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new PubSubServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void refuses(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String field) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            InvalidObjectException.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  private static void subscription(Object... fields) throws InvalidObjectException {
    Object[] all = new Object[fields.length + 2];
    all[0] = "security";
    all[1] = "ann";
    System.arraycopy(fields, 0, all, 2, fields.length);
    new SubscriptionKind(server.subscriptions).validate(Objects.of(PubSubSubscription.class, all));
  }

  @ParameterizedTest
  @CsvSource({
    "orders,true",
    "Orders.new-2_x,true",
    "a b,false",
    "a..b,false",
    ".a,false",
    "a.,false",
    "serai.x,false",
    "$sys,false",
    "a/b,false",
    "a#,false",
    "ä,false"
  })
  void namesAreOfOneForm(String name, boolean right) {
    TopicKind kind = new TopicKind(server.topics, new RemoteLinks(server.broker));
    if (right) {
      assertThatCode(() -> kind.validate(Objects.of(PubSubTopic.class, "name", name)))
          .doesNotThrowAnyException();
    } else {
      refuses(() -> kind.validate(Objects.of(PubSubTopic.class, "name", name)), "name");
      refuses(
          () -> new QueueKind(server.topics).validate(Objects.of(PubSubQueue.class, "name", name)),
          "name");
    }
  }

  @Test
  void sizesAreSizes() {
    refuses(
        () ->
            new TopicKind(server.topics, new RemoteLinks(server.broker))
                .validate(Objects.of(PubSubTopic.class, "name", "a", "maxMessageSize", "much")),
        "max_message_size");
    refuses(
        () ->
            new TopicKind(server.topics, new RemoteLinks(server.broker))
                .validate(Objects.of(PubSubTopic.class, "name", "a", "maxMessageSize", "0")),
        "max_message_size");
  }

  @Test
  void aChangedTopicTakesItsNewLimitsAtOnce() throws Exception {
    var topic = server.topic("limits");
    assertThat(server.topics.find("limits").maxMessageSize()).isEqualTo(10 * 1024 * 1024);

    topic.replace(Objects.of(PubSubTopic.class, "name", "limits", "maxMessageSize", "1KB"));
    assertThat(server.topics.find("limits").maxMessageSize()).isEqualTo(1024);

    topic.removed();
    topic.close();
    assertThat(server.topics.find("limits")).isNull();
  }

  @Test
  void permissionsHavePatterns() {
    PermissionKind kind = new PermissionKind(server.permissions);
    refuses(() -> kind.validate(PubSubServer.permission("ann", List.of("a*"), List.of())), "pub");
    refuses(() -> kind.validate(PubSubServer.permission("ann", List.of(), List.of("a b"))), "sub");
    refuses(
        () ->
            kind.validate(
                Objects.of(
                    PubSubPermission.class,
                    "security",
                    "ann",
                    "sub",
                    List.of("a"),
                    "accessType",
                    Optional.of("publisher"))),
        "sub");
    refuses(
        () ->
            kind.validate(
                Objects.of(
                    PubSubPermission.class, "security", "ann", "accessType", Optional.of("admin"))),
        "access_type");
    assertThat(kind.key()).isEqualTo("security");
  }

  @Test
  void subscriptionsGoTogether() throws Exception {
    subscription("topicList", List.of("a", "b.c"));
    refuses(() -> subscription("topicList", List.of("a*")), "topic_list");
    refuses(() -> subscription("topicList", List.of("a", "A")), "topic_list");
    refuses(() -> subscription("deliveryType", "push"), "push_type");
    assertThatCode(
            () -> subscription("deliveryType", "push", "pushService", Optional.of("orders.store")))
        .as("one target says what it is")
        .doesNotThrowAnyException();
    refuses(
        () ->
            subscription(
                "deliveryType",
                "push",
                "pushService",
                Optional.of("orders.store"),
                "pushDirectory",
                Optional.of("/srv")),
        "push_type");
    refuses(
        () -> subscription("pushType", Optional.of(PubSubSubscription.PushType.REST)), "push_type");
    refuses(
        () ->
            subscription(
                "deliveryType",
                "push",
                "pushType",
                Optional.of(PubSubSubscription.PushType.SERVICE)),
        "push_service");
    refuses(() -> subscription("pushRestEndpoint", Optional.of("crm")), "push_rest_endpoint");
    refuses(
        () ->
            subscription(
                "deliveryType",
                "push",
                "pushType",
                Optional.of(PubSubSubscription.PushType.FILE),
                "pushDirectory",
                Optional.of("relative")),
        "push_directory");
    refuses(() -> subscription("retryInterval", Duration.ZERO), "retry_interval");
    refuses(() -> subscription("retryMaxInterval", Duration.ofSeconds(1)), "retry_max_interval");
    refuses(() -> subscription("maxRetryTime", "for ever"), "max_retry_time");
    refuses(() -> subscription("maxRetryTime", "0s"), "max_retry_time");
  }

  @ParameterizedTest
  @CsvSource({"365d,P365D", "48h,PT48H", "30m,PT30M", "90s,PT90S", "90,PT90S", "PT12H,PT12H"})
  void timesAreZatosOrIso(String text, Duration time) {
    assertThat(RetryTime.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({"''", "d", "1w", "x", "1.5h", "P", "99999999999999999999d"})
  void otherTimesAreRefused(String text) {
    assertThatThrownBy(() -> RetryTime.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
