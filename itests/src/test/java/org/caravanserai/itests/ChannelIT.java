package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REST channels: what goes in, what comes out, and every way to be refused. */
@ExtendWith(ServerExtension.class)
class ChannelIT {

  private final Server server;
  private final Client client;

  ChannelIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @Test
  void pathAndQueryParametersGoOverTheBody() {
    String path =
        open(
            "Input",
            "Output",
            "return new Output(input.name(), input.count().orElse(-1));",
            "/{name}");
    assertThat(client.get(path + "/Ada?count=3").body())
        .isEqualTo("{\"text\":\"Ada\",\"number\":3}");
    assertThat(client.get(path + "/%C3%84da%20B").body())
        .isEqualTo("{\"text\":\"Äda B\",\"number\":-1}");
    assertThat(client.post(path + "/Ada", "{\"name\":\"Bo\",\"count\":4}").body())
        .isEqualTo("{\"text\":\"Ada\",\"number\":4}");
  }

  @Test
  void aFormIsTextThatBecomesNumbers() {
    String path =
        open(
            "Input",
            "Output",
            "return new Output(input.name(), input.count().get());",
            "",
            "data_format: form");
    HttpResponse<String> response =
        client.send(
            client
                .traffic(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=A+%26+B&count=5")));
    assertThat(response.body()).isEqualTo("{\"text\":\"A & B\",\"number\":5}");
  }

  @Test
  void rawBytesGoThroughAsTheyAre() {
    String path = open("byte[]", "byte[]", "return input;", "", "data_format: raw");
    assertThat(client.send(client.traffic(path).POST(BodyPublishers.ofString("äöü\n"))).body())
        .isEqualTo("äöü\n");
  }

  @Test
  void aLargeBodyIsReadWhileItArrives() {
    String path =
        open(
            "InputStream",
            "String",
            "return input.transferTo(OutputStream.nullOutputStream()) + \" bytes\";",
            "",
            "data_format: raw",
            "max_request_size: 50000000");
    byte[] large = new byte[20_000_000];
    assertThat(client.send(client.traffic(path).POST(BodyPublishers.ofByteArray(large))).body())
        .isEqualTo("20000000 bytes");
  }

  @Test
  void aLargeAnswerIsSentWhileItIsRead() {
    String path =
        open(
            "Void",
            "InputStream",
            "return new ByteArrayInputStream(\"0123456789\".repeat(2_000_000).getBytes());",
            "",
            "data_format: raw");
    assertThat(client.get(path).body()).isEqualTo("0123456789".repeat(2_000_000));
  }

  @Test
  void stagesAnswerWhenTheyComplete() {
    String path =
        open(
            "Input",
            "CompletionStage<Output>",
            "return CompletableFuture.supplyAsync(() -> new Output(input.name(), 1), CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));",
            "");
    assertThat(client.get(path + "?name=later").body())
        .isEqualTo("{\"text\":\"later\",\"number\":1}");
  }

  @Test
  void nothingToSayIs204() {
    String path = open("Input", "Void", "return null;", "");
    HttpResponse<String> response = client.get(path + "?name=x");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"A","age":1,"address":{}}                        | /address/city: missing
          {"name":"A","age":1,"address":{"city":null}}             | /address/city: missing
          {"name":"A","address":{"city":"X"}}                      | /age: missing
          {}                                                       | /name: missing
          """)
  void missingInputIsNamed(String body, String details) {
    String path = open("Person", "String", "return input.name();", "");
    assertRefused(client.post(path, body), 400, details);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"A","age":"1","address":{"city":"X"}}            | /age
          {"name":"A","age":1.5,"address":{"city":"X"}}            | /age
          {"name":"A","age":99999999999,"address":{"city":"X"}}    | /age
          {"name":7,"age":1,"address":{"city":"X"}}                | /name
          {"name":"A","age":1,"address":"X"}                       | /address
          {"name":"A","age":1,"address":{"city":["X"]}}            | /address/city
          """)
  void mistypedInputIsNamed(String body, String element) {
    String path = open("Person", "String", "return input.name();", "");
    HttpResponse<String> response = client.post(path, body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Client.json(response).path("details").asText()).startsWith(element + ":");
    assertThat(response.body()).doesNotContain("Sample", "java.", "jackson");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":
          {"name":"A"} x
          {"name":"A",}
          nonsense
          """)
  void malformedJsonIsToldWithItsPlace(String body) {
    String path = open("Input", "String", "return input.name();", "");
    HttpResponse<String> response = client.post(path, body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Client.json(response).path("details").asText()).contains("line 1, column ");
  }

  @Test
  void anExceptionIsA500WithTheCidOnly() {
    String path =
        open("Input", "String", "throw new IllegalStateException(\"secret inside\");", "");
    HttpResponse<String> response = client.get(path + "?name=x");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("secret inside", "IllegalState", "Sample");
    String cid = Client.json(response).path("cid").asText();
    assertThat(response.headers().firstValue("X-Serai-CID")).hasValue(cid);
    await().untilAsserted(() -> assertThat(server.log()).contains(cid).contains("secret inside"));
  }

  @Test
  void aServiceChoosesStatusAndWords() {
    String path =
        open("Input", "String", "throw new ServiceException(409, \"already shipped\");", "");
    assertRefused(client.get(path + "?name=x"), 409, "already shipped");

    String created =
        open(
            "Input",
            "Output",
            "context.http().get().status(201); context.http().get().responseHeader(\"Location\", \"/x/1\"); return new Output(\"x\", 1);",
            "");
    HttpResponse<String> response = client.get(created + "?name=x");
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Location")).hasValue("/x/1");
  }

  @Test
  void unknownPathsAndWrongMethodsAreRefused() {
    String path = open("Input", "String", "return input.name();", "", "method: POST");
    assertRefused(client.get("/no/such/path"), 404, null);
    HttpResponse<String> wrong = client.get(path);
    assertRefused(wrong, 405, null);
    assertThat(wrong.headers().firstValue("Allow").orElse("")).contains("POST");
    HttpResponse<String> options =
        client.send(client.traffic(path).method("OPTIONS", BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow").orElse(""))
        .contains("POST")
        .contains("OPTIONS");
  }

  @Test
  void headIsGetWithoutTheBody() {
    String path = open("Input", "String", "return input.name();", "");
    HttpResponse<String> response =
        client.send(client.traffic(path + "?name=five!").method("HEAD", BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Length")).hasValue("5");
  }

  @Test
  void largeAnswersAreCompressedForThoseWhoAsk() throws Exception {
    String path = open("Input", "String", "return \"0123456789\".repeat(10_000);", "");
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                client.traffic(path + "?name=x").header("Accept-Encoding", "gzip").build(),
                BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(response.body().length).isLessThan(10_000);
    assertThat(unzip(response.body())).isEqualTo("0123456789".repeat(10_000));
    assertThat(client.get(path + "?name=x").body()).hasSize(100_000);
  }

  @Test
  void basicAuthenticationLetsOnlyTheRightOnesIn() {
    String name = Sources.unique("basic");
    security(name, "type: basic_auth", "username: ada", "password: right");
    String path =
        open("Input", "String", "return context.channel().user().get();", "", "security: " + name);
    HttpResponse<String> anonymous = client.get(path + "?name=x");
    assertRefused(anonymous, 401, null);
    assertThat(anonymous.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
    assertThat(withAuthorization(path, Client.basic("ada", "wrong")).statusCode()).isEqualTo(401);
    assertThat(withAuthorization(path, Client.basic("bob", "right")).statusCode()).isEqualTo(401);
    assertThat(withAuthorization(path, "Basic !!!").statusCode()).isEqualTo(401);
    HttpResponse<String> right = withAuthorization(path, Client.basic("ada", "right"));
    assertThat(right.statusCode()).isEqualTo(200);
    assertThat(right.body()).isEqualTo(name);
  }

  @Test
  void anApiKeyLetsOnlyTheRightOnesIn() {
    String name = Sources.unique("key");
    security(name, "type: apikey", "password: k-1234567890");
    String path = open("Input", "String", "return input.name();", "", "security: " + name);
    assertRefused(client.get(path + "?name=x"), 401, null);
    assertThat(
            client
                .send(client.traffic(path + "?name=x").header("X-API-Key", "k-0000000000"))
                .statusCode())
        .isEqualTo(401);
    assertThat(
            client
                .send(client.traffic(path + "?name=x").header("X-API-Key", "k-1234567890"))
                .body())
        .isEqualTo("x");
  }

  @Test
  void tooLargeABodyIsRefused() {
    String path =
        open("Map<String, Object>", "String", "return \"ok\";", "", "max_request_size: 1000");
    assertThat(client.post(path, "{\"x\":\"" + "y".repeat(900) + "\"}").body()).isEqualTo("ok");
    assertRefused(client.post(path, "{\"x\":\"" + "y".repeat(2000) + "\"}"), 413, null);
    byte[] body = ("{\"x\":\"" + "y".repeat(2000) + "\"}").getBytes(StandardCharsets.US_ASCII);
    HttpResponse<String> chunked =
        client.send(
            client
                .traffic(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    assertRefused(chunked, 413, null);
  }

  @Test
  void aCallThatTakesTooLongIs504() {
    String path =
        open(
            "Input",
            "String",
            "new CountDownLatch(1).await(); return \"never\";",
            "",
            "timeout: 1");
    assertRefused(client.get(path + "?name=x"), 504, null);
  }

  @Test
  void aChannelWithoutItsServiceIs503() {
    String name = Sources.unique("orphan");
    server.save("serai-" + name + ".yaml", Sources.channel(name, "no.such.service", "/" + name));
    await().until(() -> client.get("/" + name).statusCode() == 503);
    assertThat(Client.json(client.get("/" + name)).path("details").asText())
        .contains("no.such.service");
  }

  @Test
  void brokenYamlIsToldWithItsPlaceAndChangesNothing() {
    String path = open("Input", "String", "return input.name();", "");
    String file = "serai-" + path.substring(1) + ".yaml";
    for (String broken :
        List.of(
            "channel_rest:\n  - name: x\n   service: [\n",
            "channel_rest:\n  - name: x\n    servise: a.b\n    url_path: /x\n",
            "no_such_kind:\n  - name: x\n",
            "channel_rest:\n  - name: x\n    service: a.b\n    url_path: no-slash\n")) {
      server.save(file, broken);
      await()
          .untilAsserted(
              () -> {
                String files = client.apiGet("/config/files").body();
                assertThat(files).contains(file);
                assertThat(fileStatus(file)).isEqualTo("rejected");
              });
      assertThat(client.get(path + "?name=still").body()).isEqualTo("still");
    }
  }

  private String fileStatus(String file) {
    for (var item : Client.json(client.apiGet("/config/files")).path("items")) {
      if (item.path("path").asText().endsWith(file)) {
        assertThat(
                item.path("status").asText().equals("applied")
                    || item.at("/diagnostics/0/line").asInt() > 0)
            .as(item.toString())
            .isTrue();
        return item.path("status").asText();
      }
    }
    return "unknown";
  }

  private HttpResponse<String> withAuthorization(String path, String value) {
    return client.send(client.traffic(path + "?name=x").header("Authorization", value));
  }

  private void security(String name, String... lines) {
    var yaml = new StringBuilder("security:\n  - name: " + name + "\n");
    for (String line : lines) {
      yaml.append("    ").append(line).append('\n');
    }
    server.save("serai-" + name + ".yaml", yaml.toString());
  }

  /**
   * Deploys a service with a channel of its own, waits until both are there, and gives the path.
   */
  private String open(String input, String output, String body, String below, String... lines) {
    String name = Sources.unique("channel");
    HttpResponse<String> deployed =
        client.deploy(name, Sources.service("itest." + name, input, output, body));
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
    server.save(
        "serai-" + name + ".yaml",
        Sources.channel(name, "itest." + name, "/" + name + below, lines));
    String probe = "/" + name + (below.isEmpty() ? "" : "/x");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        client
                            .send(client.traffic(probe).method("OPTIONS", BodyPublishers.noBody()))
                            .statusCode())
                    .isNotEqualTo(404));
    return "/" + name;
  }

  private static String unzip(byte[] bytes) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static void assertRefused(
      HttpResponse<String> response,
      int status,
      @org.jspecify.annotations.Nullable String details) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    var body = Client.json(response);
    assertThat(body.path("result").asText()).isEqualTo("Error");
    assertThat(response.headers().firstValue("X-Serai-CID")).hasValue(body.path("cid").asText());
    if (details != null) {
      assertThat(body.path("details").asText()).isEqualTo(details);
    }
  }
}
