package org.caravanserai.pubsub.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.caravanserai.broker.StoredMessage;
import org.caravanserai.pubsub.internal.PubSubServer;
import org.caravanserai.pubsub.internal.PubSubServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publishing, subscribing, fetching and acknowledging by REST. */
class PubSubRestTest {

  @TempDir private static Path folder;
  private static PubSubServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new PubSubServer(folder.resolve("broker"), Map.of("max__messages", 100));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A topic, and a user of the same name who is subscribed to it. */
  private static void open(String name) throws Exception {
    server.topic(name);
    server.member(name, name);
    assertOk(server.subscribe(name, name));
  }

  private static Answer assertOk(Answer answer) {
    assertThat(answer.status()).describedAs("%s", answer.json()).isEqualTo(200);
    assertThat(answer.json().path("is_ok").booleanValue()).isTrue();
    assertThat(answer.json().path("status").asText()).isEqualTo("200 OK");
    assertThat(answer.json().path("cid").asText())
        .isEqualTo(answer.http().headers().firstValue("X-Serai-CID").orElseThrow());
    return answer;
  }

  private static void assertError(Answer answer, String status, String details) {
    assertThat(answer.json().path("status").asText()).isEqualTo(status);
    assertThat(answer.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
    assertThat(answer.json().path("is_ok").booleanValue()).isFalse();
    assertThat(answer.details()).contains(details);
    assertThat(answer.json().path("cid").asText()).isNotEmpty();
    assertThat(answer.json().size()).isEqualTo(4);
  }

  private static String data(String text) {
    return "{\"data\":\"" + text + "\"}";
  }

  private static String publish(String user, String text) throws Exception {
    return assertOk(server.publish(user, user, data(text))).json().path("msg_id").asText();
  }

  @Test
  void whatIsPublishedIsFetchedOnce() throws Exception {
    open("once");
    Answer published =
        assertOk(
            server.publish(
                "once",
                "once",
                "{\"data\":{\"a\":1.10,\"b\":[true,null]},\"priority\":7,\"expiration\":60,"
                    + "\"correl_id\":\"c\",\"in_reply_to\":\"r\",\"ext_client_id\":\"e\","
                    + "\"properties\":{\"region\":\"north\",\"n\":3,\"x\":true}}"));

    Answer got = assertOk(server.get("once", ""));
    JsonNode message = got.json().path("messages").path(0);

    assertThat(got.http().body())
        .describedAs("exactly as it was written")
        .contains("\"data\":{\"a\":1.10,\"b\":[true,null]},");
    assertThat(message.path("msg_id")).isEqualTo(published.json().path("msg_id"));
    assertThat(message.path("cid")).isEqualTo(published.json().path("cid"));
    assertThat(message.path("topic_name").asText()).isEqualTo("once");
    assertThat(message.path("publisher").asText()).isEqualTo("once");
    assertThat(message.path("priority").asInt()).isEqualTo(7);
    assertThat(message.path("expiration").asInt()).isBetween(59, 60);
    assertThat(message.path("correl_id").asText()).isEqualTo("c");
    assertThat(message.path("in_reply_to").asText()).isEqualTo("r");
    assertThat(message.path("ext_client_id").asText()).isEqualTo("e");
    assertThat(message.path("content_type").asText()).isEqualTo("application/json");
    assertThat(message.path("size").asInt()).isEqualTo(26);
    assertThat(message.path("delivery_count").asInt()).isEqualTo(1);
    assertThat(message.path("redelivered").booleanValue()).isFalse();
    assertThat(message.path("maybe_redelivered").booleanValue()).isFalse();
    assertThat(message.path("properties").toString())
        .contains("\"region\":\"north\"", "\"n\":3", "\"x\":true");
    assertThat(assertOk(server.get("once", "{}")).json().path("message_count").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|data: missing",
        "{\"data\":null}|data: missing",
        "[]|expected a JSON object",
        "|malformed JSON",
        "{\"data\":1|malformed JSON at line 1, column 10",
        "{\"data\":1}x|malformed JSON at line 1",
        "{\"data\":1} {}|nothing after it",
        "{\"data\":1,\"priority\":10}|priority: expected a whole number from 0 to 9",
        "{\"data\":1,\"priority\":\"1\"}|priority: expected a whole number",
        "{\"data\":1,\"priority\":1.5}|priority: expected a whole number",
        "{\"data\":1,\"expiration\":0}|expiration: expected a whole number from 1",
        "{\"data\":1,\"expiration\":99999999999999999999}|expiration: expected a whole number",
        "{\"data\":1,\"correl_id\":{}}|correl_id: expected a text",
        "{\"data\":1,\"dedup_id\":\"\"}|dedup_id: expected 1 to 256 characters",
        "{\"data\":1,\"pub_time\":\"yesterday\"}|pub_time: expected a time",
        "{\"data\":1,\"properties\":[]}|properties: expected an object",
        "{\"data\":1,\"properties\":{\"a\":[]}}|properties/a: expected a text",
        "{\"data\":1,\"properties\":{\"_AMQ_X\":1}}|properties/_AMQ_X: expected a name",
        "{\"data\":1,\"data_base64\":\"aa==\"}|data_base64: makes no sense beside data",
        "{\"data_base64\":\"?\"}|data_base64: expected base64",
        "{\"messages\":[]}|messages: expected at least one",
        "{\"messages\":{}}|messages: expected a list",
        "{\"messages\":[{\"data\":1},{}]}|messages/1/data: missing",
        "{\"messages\":[1]}|messages/0: expected an object",
      })
  void whatMakesNoSenseIsRefusedByName(String body, String details) throws Exception {
    if (server.topics.find("senseless") == null) {
      open("senseless");
    }

    Answer answer = server.publish("senseless", "senseless", body == null ? "" : body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.details()).isNotEmpty();
    if (body == null) {
      assertError(answer, "400 Bad Request", "");
    } else {
      assertError(answer, "400 Bad Request", details);
    }
    assertThat(server.get("senseless", "").json().path("message_count").asInt()).isZero();
  }

  @Test
  void whoIsUnknownIsToldApartFromWhoMayNot() throws Exception {
    open("mine");
    server.topic("others");

    assertError(
        server.send(server.request("/pubsub/topic/mine").POST(BodyPublishers.ofString("{}"))),
        "401 Unauthorized",
        "credentials");
    assertThat(
            server
                .send(
                    server
                        .request("/pubsub/topic/mine")
                        .header("Authorization", PubSubServer.basic("mine", "wrong"))
                        .POST(BodyPublishers.ofString("{}")))
                .http()
                .headers()
                .firstValue("WWW-Authenticate")
                .orElseThrow())
        .startsWith("Basic ");
    assertError(server.publish("mine", "others", data("x")), "403 Forbidden", "others");
    assertError(server.publish("mine", "absent", data("x")), "403 Forbidden", "absent");
    assertError(server.subscribe("mine", "others"), "403 Forbidden", "others");
    assertError(server.get("mine", "{\"topics\":[\"others\"]}"), "403 Forbidden", "others");
    assertError(server.publish("mine", "a..b", data("x")), "400 Bad Request", "topic_name");
    assertError(server.publish("mine", "serai.x", data("x")), "400 Bad Request", "topic_name");
  }

  @Test
  void whatIsNotThereIsToldToThoseWhoWouldBeAllowed() throws Exception {
    server.member("nobody", "nobody.**");
    server.topic("nobody.there");

    assertError(server.publish("nobody", "nobody.here", data("x")), "404 Not Found", "nobody.here");
    assertError(server.subscribe("nobody", "nobody.here"), "404 Not Found", "nobody.here");
    assertError(server.unsubscribe("nobody", "nobody.here"), "404 Not Found", "nobody.here");
    assertError(server.get("nobody", ""), "404 Not Found", "no subscription");
    assertError(
        server.get("nobody", "{\"topics\":[\"nobody.there\"]}"), "404 Not Found", "not subscribed");
    assertOk(server.unsubscribe("nobody", "nobody.there"));
    assertError(server.post("nobody", "/pubsub/messages", ""), "404 Not Found", "nothing");
    assertError(
        server.send(
            server
                .request("/pubsub/messages/get")
                .header("Authorization", PubSubServer.basic("nobody", "pw"))
                .GET()),
        "405 Method Not Allowed",
        "GET");
  }

  @Test
  void aKeyLetsInAsWell() throws Exception {
    server.topic("by-key");
    server.key("device", "the-key");
    server.permit("device", List.of("by-key"), List.of());

    Answer answer =
        server.send(
            server
                .request("/pubsub/topic/by-key")
                .header("X-API-Key", "the-key")
                .POST(BodyPublishers.ofString(data("x"))));

    assertOk(answer);
  }

  @Test
  void whoLosesHisPermissionIsOutAtOnce() throws Exception {
    server.topic("lost");
    server.user("lost");
    var permission = server.permit("lost", List.of("lost"), List.of("lost"));
    assertOk(server.subscribe("lost", "lost"));
    publish("lost", "x");

    permission.replace(PubSubServer.permission("lost", List.of("lost"), List.of("other")));
    assertError(server.get("lost", ""), "403 Forbidden", "any more");
    assertOk(server.publish("lost", "lost", data("y")));

    permission.close();
    assertError(server.publish("lost", "lost", data("z")), "401 Unauthorized", "");
  }

  @Test
  void credentialsThatHaveChangedAreOutAtOnce() throws Exception {
    server.topic("changed");
    var definition = server.user("changed");
    server.permit("changed", List.of("changed"), List.of());
    assertOk(server.publish("changed", "changed", data("x")));

    definition.password("other");
    assertError(server.publish("changed", "changed", data("x")), "401 Unauthorized", "");
  }

  @Test
  void namesAreTheSameInAnyCase() throws Exception {
    server.topic("Case.Of");
    server.member("case", "CASE.*");
    assertOk(server.subscribe("case", "case.of"));
    assertOk(server.subscribe("case", "CASE.OF"));
    assertOk(server.publish("case", "cAse.oF", data("x")));

    Answer answer = assertOk(server.get("case", "{\"topics\":[\"CASE.of\"]}"));

    assertThat(answer.json().path("messages").path(0).path("topic_name").asText())
        .isEqualTo("Case.Of");
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    server.topic("small", "maxMessageSize", "10");
    server.member("small", "small");
    assertOk(server.subscribe("small", "small"));

    assertOk(server.publish("small", "small", data("0123456789")));
    assertError(
        server.publish("small", "small", data("0123456789a")), "413 Payload Too Large", "10 bytes");
    assertError(
        server.publish("small", "small", data("x".repeat(100_000))),
        "413 Payload Too Large",
        "bytes");
    assertError(
        server.publish(
            "small", "small", "{\"messages\":[{\"data\":1},{\"data\":\"0123456789a\"}]}"),
        "413 Payload Too Large",
        "10 bytes");
    assertThat(server.get("small", "").data()).containsExactly("0123456789");
  }

  @Test
  void aFullTopicPushesBack() throws Exception {
    server.topic("full", "maxDepth", 2L);
    server.member("full", "full");
    assertOk(server.subscribe("full", "full"));
    publish("full", "1");
    publish("full", "2");
    // The broker counts a message a moment after it has confirmed it.
    await().until(() -> server.broker.queue("full/full").orElseThrow().depth() == 2);

    Answer refused = server.publish("full", "full", data("3"));

    assertError(refused, "429 Too Many Requests", "full");
    assertThat(refused.http().headers().firstValue("Retry-After")).contains("1");
    assertThat(server.get("full", "").data()).containsExactly("1", "2");
    await().until(() -> server.broker.queue("full/full").orElseThrow().depth() < 2);
    publish("full", "4");
  }

  @Test
  void rateLimitsAreThoseOfTheDefinition() throws Exception {
    server.topic("hasty");
    server.user("hasty", 2);
    server.permit("hasty", List.of("hasty"), List.of());
    publish("hasty", "1");
    publish("hasty", "2");

    Answer refused = server.publish("hasty", "hasty", data("3"));

    assertError(refused, "429 Too Many Requests", "too many requests");
    assertThat(refused.http().headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.http().headers().firstValue("X-RateLimit-Limit")).contains("2");
  }

  @Test
  void aBatchIsPublishedAsAWhole() throws Exception {
    open("batch");

    Answer answer =
        assertOk(
            server.publish(
                "batch",
                "batch",
                "{\"messages\":[{\"data\":\"1\"},{\"data\":\"2\",\"dedup_id\":\"d\"},"
                    + "{\"data\":\"3\"}]}"));

    assertThat(answer.json().path("msg_ids").size()).isEqualTo(3);
    await().until(() -> depth("batch/batch") == 3);
    Answer got = server.get("batch", "");
    assertThat(got.data()).containsExactly("1", "2", "3");
    assertThat(got.ids()).containsExactlyElementsOf(ids(answer));
  }

  private static List<String> ids(Answer answer) {
    List<String> ids = new ArrayList<>();
    answer.json().path("msg_ids").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  @Test
  void theSameMessageTwiceIsStoredOnce() throws Exception {
    open("twice");
    String body = "{\"data\":\"x\",\"dedup_id\":\"42\"}";

    assertOk(server.publish("twice", "twice", body));
    assertOk(server.publish("twice", "twice", body));

    assertThat(server.get("twice", "").data()).containsExactly("x");
  }

  @Test
  void theHighestPriorityComesFirstFromAllQueues() throws Exception {
    server.topic("order.a");
    server.topic("order.b");
    server.member("order", "order.*");
    assertOk(server.subscribe("order", "order.a"));
    assertOk(server.subscribe("order", "order.b"));
    server.publish("order", "order.a", "{\"data\":\"a1\"}");
    server.publish("order", "order.b", "{\"data\":\"b1\"}");
    server.publish("order", "order.b", "{\"data\":\"b2\",\"priority\":9}");
    server.publish("order", "order.a", "{\"data\":\"a2\",\"priority\":1}");

    assertThat(server.get("order", "{\"max_messages\":2}").data()).containsExactly("b2", "a1");
    assertThat(server.get("order", "").data()).containsExactly("b1", "a2");
  }

  @Test
  void noMoreIsGivenThanWasAskedFor() throws Exception {
    open("limits");
    for (int i = 0; i < 6; i++) {
      publish("limits", "1234567" + i);
    }

    assertThat(server.get("limits", "{\"max_len\":20}").data())
        .containsExactly("12345670", "12345671");
    assertThat(server.get("limits", "{\"max_len\":3}").data())
        .describedAs("one at least, or nobody would ever get it")
        .containsExactly("12345672");
    assertThat(server.get("limits", "{\"max_messages\":1}").data()).containsExactly("12345673");
    assertThat(server.get("limits", "{\"max_messages\":5000}").data()).hasSize(2);
    for (String wrong :
        List.of(
            "{\"max_messages\":0}",
            "{\"max_len\":\"x\"}",
            "{\"wait\":61}",
            "{\"wait\":-1}",
            "{\"ack\":\"maybe\"}",
            "{\"lease\":0}",
            "{\"topics\":[]}",
            "{\"topics\":\"x\"}",
            "{\"topics\":[\"a b\"]}",
            "[]",
            "{")) {
      assertError(server.get("limits", wrong), "400 Bad Request", "");
    }
  }

  @Test
  void twoWhoFetchAtTheSameTimeNeverGetTheSame() throws Exception {
    open("double");
    List<CompletableFuture<Answer>> pulls = new ArrayList<>();
    int count = 200;
    for (int from = 0; from < count; from += 50) {
      String messages =
          String.join(
              ",",
              IntStream.range(from, from + 50).mapToObj(i -> "{\"data\":\"" + i + "\"}").toList());
      assertOk(server.publish("double", "double", "{\"messages\":[" + messages + "]}"));
    }
    for (int i = 0; i < 50; i++) {
      pulls.add(server.postLater("double", "/pubsub/messages/get", "{\"max_messages\":4}"));
    }
    List<String> all = new ArrayList<>();
    for (CompletableFuture<Answer> pull : pulls) {
      List<String> got = pull.join().data();
      assertThat(got).describedAs("there is enough for everybody").hasSize(4);
      all.addAll(got);
    }

    assertThat(all).doesNotHaveDuplicates().hasSize(count);
    await().untilAsserted(() -> assertThat(depth("double/double")).isZero());
  }

  private static long depth(String queue) {
    return server.broker.queue(queue).orElseThrow().depth();
  }

  @Test
  void whoWaitsIsAnsweredByTheFirstMessage() throws Exception {
    open("waiting");
    String one = "{\"wait\":60,\"max_messages\":1}";
    List<CompletableFuture<Answer>> waiting =
        List.of(
            server.postLater("waiting", "/pubsub/messages/get", one),
            server.postLater("waiting", "/pubsub/messages/get", one));
    await()
        .untilAsserted(
            () ->
                assertThat(server.broker.queue("waiting/waiting").orElseThrow().consumers())
                    .isEqualTo(1));
    assertThat(assertOk(server.get("waiting", "")).data()).isEmpty();

    publish("waiting", "1");
    publish("waiting", "2");

    assertThat(waiting.stream().flatMap(each -> each.join().data().stream()))
        .containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void whoWaitsInVainIsToldSo() throws Exception {
    open("vain");

    Answer answer = assertOk(server.get("vain", "{\"wait\":0.2}"));

    assertThat(answer.json().path("message_count").asInt()).isZero();
    publish("vain", "later");
    assertThat(server.get("vain", "").data()).containsExactly("later");
  }

  @Test
  void whatIsHeldIsGoneForOthersUntilItIsGivenBack() throws Exception {
    open("held");
    String first = publish("held", "1");
    String second = publish("held", "2");

    Answer got = assertOk(server.get("held", "{\"ack\":\"manual\",\"lease\":600}"));
    assertThat(got.ids()).containsExactly(first, second);
    assertThat(server.get("held", "").data()).isEmpty();

    Answer nacked =
        assertOk(server.post("held", "/pubsub/messages/nack", ids(first, "smsg-unknown")));
    assertThat(nacked.json().path("nacked").asInt()).isEqualTo(1);
    assertThat(nacked.json().path("unknown").toString()).isEqualTo("[\"smsg-unknown\"]");
    JsonNode again = server.get("held", "{\"ack\":\"manual\"}").json().path("messages").path(0);
    assertThat(again.path("msg_id").asText()).isEqualTo(first);
    assertThat(again.path("redelivered").booleanValue()).isTrue();
    assertThat(again.path("delivery_count").asInt()).isEqualTo(2);

    Answer acked = assertOk(server.post("held", "/pubsub/messages/ack", ids(first, second)));
    assertThat(acked.json().path("acked").asInt()).isEqualTo(2);
    assertThat(acked.json().path("unknown").size()).isZero();
    assertThat(depth("held/held")).isZero();
    Answer twice = assertOk(server.post("held", "/pubsub/messages/ack", ids(first)));
    assertThat(twice.json().path("acked").asInt()).isZero();
    assertThat(twice.json().path("unknown").toString()).isEqualTo("[\"" + first + "\"]");
    assertError(
        server.post("held", "/pubsub/messages/ack", "{}"), "400 Bad Request", "msg_ids: missing");
  }

  private static String ids(String... ids) {
    return "{\"msg_ids\":[\"" + String.join("\",\"", ids) + "\"]}";
  }

  @Test
  void whatIsNeverAcknowledgedBecomesADeadLetter() throws Exception {
    open("poison");
    String id = publish("poison", "x");
    for (int i = 0; i < 20; i++) {
      Answer got = assertOk(server.get("poison", "{\"ack\":\"manual\",\"wait\":20}"));
      assertThat(got.ids()).as("fetch %d", i).containsExactly(id);
      assertOk(server.post("poison", "/pubsub/messages/nack", ids(id)));
    }

    await()
        .untilAsserted(
            () -> {
              List<StoredMessage> dead =
                  server.broker.browse("serai.dead/poison/poison", message -> true, 0, 10);
              assertThat(dead).extracting(each -> each.message().id()).containsExactly(id);
              assertThat(dead.get(0).message().properties())
                  .containsEntry("dead_attempts", 20)
                  .containsEntry("dead_cause", "fetched 20 times and never acknowledged");
            });
    assertThat(server.get("poison", "").data()).isEmpty();
  }

  @Test
  void aLeaseThatRunsOutDeliversAgain() throws Exception {
    open("lease");
    String id = publish("lease", "x");
    assertThat(server.get("lease", "{\"ack\":\"manual\",\"lease\":1}").ids()).containsExactly(id);

    JsonNode again =
        assertOk(server.get("lease", "{\"wait\":60,\"ack\":\"manual\"}"))
            .json()
            .path("messages")
            .path(0);

    assertThat(again.path("msg_id").asText()).isEqualTo(id);
    assertThat(again.path("redelivered").booleanValue()).isTrue();
  }

  @Test
  void acknowledgingWhileTheQueueIsCleared() throws Exception {
    open("cleared");
    String held = publish("cleared", "held");
    server.get("cleared", "{\"ack\":\"manual\",\"max_messages\":1}");
    publish("cleared", "waiting");

    assertThat(server.broker.clear("cleared/cleared")).isEqualTo(1);
    Answer acked = assertOk(server.post("cleared", "/pubsub/messages/ack", ids(held)));

    assertThat(acked.json().path("acked").asInt()).isEqualTo(1);
    assertThat(server.get("cleared", "").data()).isEmpty();
    assertThat(depth("cleared/cleared")).isZero();
  }

  @Test
  void acknowledgingWhileUnsubscribing() throws Exception {
    open("leaving");
    String held = publish("leaving", "held");
    server.get("leaving", "{\"ack\":\"manual\"}");

    assertOk(server.unsubscribe("leaving", "leaving"));
    Answer acked = assertOk(server.post("leaving", "/pubsub/messages/ack", ids(held)));

    assertThat(acked.json().path("acked").asInt()).isZero();
    assertThat(acked.json().path("unknown").size()).isEqualTo(1);
    assertThat(server.broker.queue("leaving/leaving")).isEmpty();
    assertOk(server.unsubscribe("leaving", "leaving"));
    assertOk(server.subscribe("leaving", "leaving"));
    assertThat(server.get("leaving", "").data()).isEmpty();
    publish("leaving", "new");
    assertThat(server.get("leaving", "").data()).containsExactly("new");
  }

  @Test
  void whoWaitsOnASubscriptionThatEndsIsAnswered() throws Exception {
    open("ending");
    CompletableFuture<Answer> waiting =
        server.postLater("ending", "/pubsub/messages/get", "{\"wait\":60}");
    await()
        .untilAsserted(
            () ->
                assertThat(server.broker.queue("ending/ending").orElseThrow().consumers())
                    .isEqualTo(1));

    assertOk(server.unsubscribe("ending", "ending"));

    assertThat(assertOk(waiting.join()).data()).isEmpty();
  }

  @Test
  void aQueueIsFetchedFromByItsName() throws Exception {
    server.queue("jobs");
    server.member("jobs", "jobs");
    assertError(server.subscribe("jobs", "jobs"), "400 Bad Request", "is a queue");
    publish("jobs", "1");

    assertThat(server.get("jobs", "{\"topics\":[\"jobs\"]}").data()).containsExactly("1");
    server.member("helper", "jobs");
    publish("jobs", "2");
    assertThat(server.get("helper", "{\"topics\":[\"jobs\"]}").data()).containsExactly("2");
  }

  @Test
  void bytesGoThereAndBack() throws Exception {
    open("bytes");
    assertOk(server.publish("bytes", "bytes", "{\"data_base64\":\"/wD+\"}"));

    JsonNode message = server.get("bytes", "").json().path("messages").path(0);

    assertThat(message.path("data_base64").asText()).isEqualTo("/wD+");
    assertThat(message.has("data")).isFalse();
  }

  @Test
  void aConfiguredSubscriptionStaysWithItsConfiguration() throws Exception {
    server.topic("configured");
    server.member("configured", "configured");
    var object = server.subscription("configured", "configured");
    publish("configured", "x");

    assertOk(server.subscribe("configured", "configured"));
    assertError(server.unsubscribe("configured", "configured"), "409 Conflict", "configured");
    assertThat(server.get("configured", "").data()).containsExactly("x");
    object.removed();
    object.close();
    assertError(server.get("configured", ""), "404 Not Found", "no subscription");
  }
}
