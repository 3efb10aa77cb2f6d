package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Editing the files of the watched folders through the admin API. */
@ExtendWith(ServerExtension.class)
class FilesIT {

  private final Server server;
  private final Client client;

  FilesIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  private HttpResponse<String> save(String path, String text, String... headers) {
    return save(client, path, text, headers);
  }

  private static HttpResponse<String> save(
      Client client, String path, String text, String... headers) {
    var request = client.api("/files/" + path).PUT(BodyPublishers.ofString(text));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request);
  }

  private static String etag(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  private String invoke(String service) {
    return client.apiPost("/services/" + service + "/invoke", "\"\"").body();
  }

  @Test
  void whatIsSavedIsLiveAndWhatIsRefusedChangesNothing() {
    String name = Sources.unique("saved");
    String path = "deploy/" + name + ".java";
    HttpResponse<String> first = save(path, Sources.constant(name, "one"), "If-None-Match", "*");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(Client.json(first).path("status").asText()).isEqualTo("live");
    assertThat(invoke(name)).contains("one");
    HttpResponse<String> refused = save(path, "class {", "If-Match", etag(first));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(Client.json(refused).at("/diagnostics/0/line").asInt()).isEqualTo(1);
    HttpResponse<String> text = client.apiGet("/files/" + path);
    assertThat(text.body()).isEqualTo(Sources.constant(name, "one"));
    assertThat(etag(text)).isEqualTo(etag(first));
    assertThat(invoke(name)).contains("one");
    HttpResponse<String> second =
        save(path, Sources.constant(name, "two"), "If-Match", etag(first));
    assertThat(Client.json(second).path("revision").asInt()).isEqualTo(2);
    assertThat(invoke(name)).contains("two");
    JsonNode item = Client.json(client.apiGet("/files?path=" + path)).at("/items/0");
    assertThat(item.path("state").asText()).isEqualTo("live");
    assertThat(item.path("differs").asBoolean()).isFalse();
    JsonNode revisions = Client.json(client.apiGet("/deployments/" + name + "/revisions"));
    assertThat(revisions.at("/items/0/number").asInt()).isEqualTo(2);
    assertThat(client.apiGet("/deployments/" + name + "/revisions/1/source").body())
        .isEqualTo(Sources.constant(name, "one"));
    assertThat(client.apiGet("/deployments/" + name + "/revisions/9/source").statusCode())
        .isEqualTo(404);
    HttpResponse<String> gone =
        client.send(client.api("/files/" + path).header("If-Match", etag(second)).DELETE());
    assertThat(gone.statusCode()).isEqualTo(204);
    assertThat(client.apiGet("/files/" + path).statusCode()).isEqualTo(404);
    assertThat(client.apiGet("/services/" + name).statusCode()).isEqualTo(404);
  }

  @Test
  void ofTwoEditsAtOnceNoneIsLost() {
    String name = Sources.unique("twice");
    String path = "deploy/" + name + ".java";
    String seen = etag(save(path, Sources.constant(name, "zero")));
    List<CompletableFuture<HttpResponse<String>>> saves = new ArrayList<>();
    for (String each : List.of("one", "two")) {
      saves.add(
          CompletableFuture.supplyAsync(
              () -> save(path, Sources.constant(name, each), "If-Match", seen)));
    }
    List<HttpResponse<String>> answers = saves.stream().map(CompletableFuture::join).toList();
    assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 412);
    String now = client.apiGet("/files/" + path).body();
    for (HttpResponse<String> each : answers) {
      if (each.statusCode() == 412) {
        assertThat(Client.json(each).path("text").asText()).isEqualTo(now);
        assertThat(etag(each)).isEqualTo(etag(client.apiGet("/files/" + path)));
      }
    }
  }

  @Test
  void aFileIsRenamedUnderCalls() {
    String name = Sources.unique("renamed");
    save("deploy/" + name + ".java", Sources.constant(name, "one"));
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong calls = new AtomicLong();
    CompletableFuture<Void> caller =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                assertThat(invoke(name)).contains("one");
                calls.incrementAndGet();
              }
            });
    String path = "deploy/" + name + ".java";
    for (int i = 0; i < 5; i++) {
      long before = calls.get();
      String to = "deploy/" + name + i + ".java";
      HttpResponse<String> answer =
          client.apiPost("/files/" + path + "/rename", "{\"to\":\"" + to + "\"}");
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
      path = to;
      await().until(() -> calls.get() > before || caller.isDone());
    }
    done.set(true);
    caller.join();
    assertThat(client.apiGet("/files/deploy/" + name + ".java").statusCode()).isEqualTo(404);
    assertThat(invoke(name)).contains("one");
  }

  @Test
  void aConfigurationIsCheckedBeforeItIsWritten() {
    String name = Sources.unique("checked");
    String path = "deploy/serai-" + name + ".yaml";
    HttpResponse<String> refused = save(path, "channel_rest:\n  - name: " + name + "\n    no: 1\n");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    assertThat(Client.json(refused).at("/diagnostics/0/line").asInt()).isPositive();
    assertThat(client.apiGet("/files/" + path).statusCode()).isEqualTo(404);
    String text =
        "channel_rest:\n  - name: " + name + "\n    url_path: /" + name + "\n    service: x\n";
    HttpResponse<String> saved = save(path, text);
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(201);
    assertThat(client.apiGet("/objects/channel_rest/" + name).statusCode()).isEqualTo(200);
    assertThat(client.send(client.api("/files/" + path).DELETE()).statusCode()).isEqualTo(204);
    assertThat(client.apiGet("/objects/channel_rest/" + name).statusCode()).isEqualTo(404);
  }

  @Test
  void nothingLeadsOutOfTheFolders() {
    for (String path :
        List.of("deploy/..%2f..%2fx.java", "deploy/.x.java", "etc/passwd", "deploy/%00.java")) {
      // Jetty ends the connection after an address that it takes for none, without a word.
      assertThat(server.client().apiGet("/files/" + path).statusCode()).as(path).isEqualTo(400);
      assertThat(save(server.client(), path, "x").statusCode()).as(path).isEqualTo(400);
    }
  }

  @Test
  void theCompilerCompletes() {
    String name = Sources.unique("completed");
    String text =
        "import org.caravanserai.api.*; class A { void b(Context context) { context.ci } }";
    int offset = text.indexOf("ci }") + 2;
    String body =
        "{\"path\":\"deploy/%s.java\",\"text\":\"%s\",\"offset\":%d}".formatted(name, text, offset);
    HttpResponse<String> found = client.apiPost("/code/completions", body);
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    JsonNode item = Client.json(found).at("/items/0");
    assertThat(item.path("insert").asText()).isEqualTo("cid()");
    assertThat(item.path("documentation").asText()).isNotBlank();
    String hover =
        "{\"path\":\"deploy/%s.java\",\"text\":\"%s\",\"offset\":%d}"
            .formatted(name, text.replace("ci }", "cid(); }"), offset);
    HttpResponse<String> said = client.apiPost("/code/hover", hover);
    assertThat(Client.json(said).path("signature").asText()).isEqualTo("String Context.cid()");
    assertThat(client.apiPost("/code/hover", "{}").statusCode()).isEqualTo(400);
  }
}
