package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Publish/subscribe as its users meet it: REST, services, configuration. */
@ExtendWith(ServerExtension.class)
class PubSubIT {

  private final Client client;

  PubSubIT(Server server) {
    this.client = server.client();
  }

  /** Configures a user called as a topic, who may publish to it and receive from it. */
  private String topic(String prefix) {
    String name = Sources.unique(prefix).toLowerCase(Locale.ROOT);
    imported(
        """
        security:
          - {name: %1$s, type: basic_auth, username: %1$s, password: pw}
        pubsub_topic:
          - {name: %1$s, description: A topic of a test.}
        pubsub_permission:
          - {security: %1$s, pub: [%1$s], sub: ["%1$s.**"]}
        """
            .formatted(name));
    return name;
  }

  private void imported(String yaml) {
    HttpResponse<String> answer = client.apiPost("/config/import", yaml);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private HttpResponse<String> call(String user, String path, String body) {
    return client.send(
        client
            .traffic("/pubsub/" + path)
            .header("Authorization", Client.basic(user, "pw"))
            .POST(BodyPublishers.ofString(body)));
  }

  private JsonNode ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = Client.json(answer);
    assertThat(json.path("is_ok").booleanValue()).isTrue();
    return json;
  }

  private void refused(HttpResponse<String> answer, int status, String text) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode json = Client.json(answer);
    assertThat(json.path("is_ok").booleanValue()).isFalse();
    assertThat(json.path("status").asText()).isEqualTo(text);
    assertThat(json.path("cid").asText())
        .isEqualTo(answer.headers().firstValue("X-Serai-CID").orElseThrow());
    assertThat(json.path("details").asText()).isNotEmpty();
  }

  @Test
  void whatIsPublishedIsFetched() {
    String name = topic("orders");
    ok(call(name, "subscribe/topic/" + name, ""));

    JsonNode published = ok(call(name, "topic/" + name, "{\"data\":{\"id\":1},\"priority\":7}"));
    JsonNode got = ok(call(name, "messages/get", "{\"wait\":30}"));

    assertThat(got.at("/messages/0/msg_id")).isEqualTo(published.path("msg_id"));
    assertThat(got.at("/messages/0/data/id").asInt()).isEqualTo(1);
    assertThat(got.at("/messages/0/topic_name").asText()).isEqualTo(name);
    assertThat(got.at("/messages/0/publisher").asText()).isEqualTo(name);
    assertThat(ok(call(name, "messages/get", "")).path("message_count").asInt()).isZero();
  }

  @Test
  void errorsHaveTheFormOfTheContract() {
    String name = topic("errors");

    refused(
        client.send(client.traffic("/pubsub/topic/" + name).POST(BodyPublishers.ofString("{}"))),
        401,
        "401 Unauthorized");
    refused(call(name, "topic/other", "{\"data\":1}"), 403, "403 Forbidden");
    refused(call(name, "subscribe/topic/" + name + ".absent", ""), 404, "404 Not Found");
    refused(call(name, "topic/" + name, "{\"data\":"), 400, "400 Bad Request");
    refused(call(name, "nothing", ""), 404, "404 Not Found");
    refused(
        client.send(client.traffic("/pubsub/topic/" + name).GET()), 405, "405 Method Not Allowed");
  }

  @Test
  void whoHoldsMessagesAcknowledgesThem() {
    String name = topic("manual");
    ok(call(name, "subscribe/topic/" + name, ""));
    ok(call(name, "topic/" + name, "{\"messages\":[{\"data\":\"a\"},{\"data\":\"b\"}]}"));

    JsonNode held = ok(call(name, "messages/get", "{\"ack\":\"manual\",\"lease\":600}"));
    assertThat(held.path("message_count").asInt()).isEqualTo(2);
    String first = held.at("/messages/0/msg_id").asText();
    String second = held.at("/messages/1/msg_id").asText();
    ok(call(name, "messages/nack", "{\"msg_ids\":[\"" + first + "\"]}"));
    JsonNode acked = ok(call(name, "messages/ack", "{\"msg_ids\":[\"" + second + "\"]}"));

    assertThat(acked.path("acked").asInt()).isEqualTo(1);
    JsonNode again = ok(call(name, "messages/get", "{}"));
    assertThat(again.path("message_count").asInt()).isEqualTo(1);
    assertThat(again.at("/messages/0/data").asText()).isEqualTo("a");
    assertThat(again.at("/messages/0/redelivered").booleanValue()).isTrue();
  }

  @Test
  void aServicePublishes() {
    String name = topic("service");
    ok(call(name, "subscribe/topic/" + name, ""));
    String service = Sources.unique("Publishes");
    HttpResponse<String> deployed =
        client.deploy(
            service,
            Sources.service(
                "pubsub." + service,
                "String",
                "String",
                "return context.publish(\"" + name + "\", java.util.Map.of(\"said\", input));"));
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
    CompletableFuture<HttpResponse<String>> waiting =
        CompletableFuture.supplyAsync(() -> call(name, "messages/get", "{\"wait\":60}"));

    HttpResponse<String> answer =
        client.apiPost("/services/pubsub." + service + "/invoke", "hello");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode got = ok(waiting.join());
    assertThat(got.at("/messages/0/data/said").asText()).isEqualTo("hello");
    assertThat(answer.body()).contains(got.at("/messages/0/msg_id").asText());
    assertThat(got.at("/messages/0/publisher").isNull()).isTrue();
  }

  @Test
  void aPermissionThatIsTakenAwayIsGoneAtOnce() {
    String name = topic("revoked");
    ok(call(name, "topic/" + name, "{\"data\":1}"));

    assertThat(client.send(client.api("/objects/pubsub_permission/" + name).DELETE()).statusCode())
        .isEqualTo(204);

    refused(call(name, "topic/" + name, "{\"data\":1}"), 401, "401 Unauthorized");
  }

  @Test
  void aSubscriptionThatIsTakenAwayKeepsItsMessages() {
    String name = topic("kept");
    String yaml =
        "pubsub_subscription:\n  - {security: %s, topic_list: [%s]}\n".formatted(name, name);
    imported(yaml);
    await().until(() -> call(name, "messages/get", "").statusCode() == 200);
    ok(call(name, "topic/" + name, "{\"data\":\"kept\"}"));
    refused(call(name, "unsubscribe/topic/" + name, ""), 409, "409 Conflict");

    client.send(client.api("/objects/pubsub_subscription/" + name).DELETE());
    refused(call(name, "messages/get", ""), 404, "404 Not Found");
    imported(yaml);

    JsonNode got = ok(call(name, "messages/get", "{\"wait\":30}"));
    assertThat(got.at("/messages/0/data").asText()).isEqualTo("kept");
  }

  @Test
  void channelsCannotHaveThesePaths() {
    String name = Sources.unique("channel");
    String yaml =
        "channel_rest:\n  - {name: %s, service: a.b, url_path: /pubsub/topic/mine}\n"
            .formatted(name);

    HttpResponse<String> answer = client.apiPost("/config/import", yaml);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("/pubsub/topic/mine is reserved");
  }
}
