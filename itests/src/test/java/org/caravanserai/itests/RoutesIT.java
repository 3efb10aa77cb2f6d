package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Camel routes as deployments, by every way in, and what their changes cost: nothing. */
class RoutesIT {

  private static final String BUILDER =
      """
      package com.acme;

      import org.apache.camel.builder.RouteBuilder;

      public class Greetings extends RouteBuilder {
        @Override
        public void configure() {
          from("platform-http:/java").routeId("hello").setBody(simple("Hello from Java"));
        }
      }
      """;

  private static Server server;
  private static Client client;

  @BeforeAll
  static void start() {
    Path data = Server.newFolder();
    server = Server.start(data, Map.of("ROUTES_GREETING", "Salve"));
    client = server.client();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static String answering(String path, String text) {
    return """
    - route:
        id: main
        from:
          uri: platform-http:%s
          steps:
            - setBody:
                simple: "%s"
    """
        .formatted(path, text);
  }

  private static JsonNode deployed(String name) {
    return Client.json(client.apiGet("/deployments/" + name));
  }

  private static String body(String path) {
    return client.get(path).body();
  }

  @Test
  void yamlByTheApiIsLiveOnTheTrafficPort() {
    HttpResponse<String> first =
        client.deploy(
            "routes-yaml", answering("/yaml/{name}", "{{ROUTES_GREETING}} ${header.name}"));

    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(Client.json(first).path("status").asText()).isEqualTo("live");
    HttpResponse<String> answer = client.get("/yaml/Ada");
    assertThat(answer.body()).isEqualTo("Salve Ada");
    assertThat(answer.headers().firstValue("X-Serai-CID")).isPresent();
    assertThat(deployed("routes-yaml").path("parts").get(0).asText()).isEqualTo("routes-yaml#main");

    HttpResponse<String> second = client.deploy("routes-yaml", answering("/yaml/{name}", "two"));
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(body("/yaml/Ada")).isEqualTo("two");
    assertThat(client.apiPost("/deployments/routes-yaml/rollback", "{\"revision\":1}").statusCode())
        .isEqualTo(200);
    assertThat(body("/yaml/Ada")).isEqualTo("Salve Ada");
  }

  @Test
  void javaAndXmlAreTakenToo() {
    assertThat(client.deploy("routes-java", BUILDER).statusCode()).isEqualTo(201);
    assertThat(body("/java")).isEqualTo("Hello from Java");
    // Its classes are a bundle soon, which is not what it waits for.
    await().until(() -> deployed("routes-java").has("bundle"));

    HttpResponse<String> xml =
        client.deploy(
            "routes-xml",
            """
            <camel>
              <rest path="/xml">
                <get path="/{id}"><to uri="direct:get"/></get>
              </rest>
              <route><from uri="direct:get"/><setBody><simple>got ${header.id}</simple></setBody></route>
            </camel>
            """);
    assertThat(xml.statusCode()).as(xml.body()).isEqualTo(201);
    assertThat(body("/xml/7")).isEqualTo("got 7");
  }

  @Test
  void aRouteIsAServiceForOthersAndCallsThem() {
    client.deploy(
        "routes-service",
        """
        - from:
            uri: service:routes.echo
            steps:
              - setBody:
                  simple: "echo ${body}"
        """);
    client.deploy(
        "routes-caller",
        """
        import org.caravanserai.api.*;
        @ServiceName("routes.caller")
        public class Caller implements Service<String, String> {
          @Override public String handle(String input, Context context) {
            return context.invoke("routes.echo", input, String.class);
          }
        }
        """);
    client.deploy(
        "routes-entry",
        """
        - from:
            uri: platform-http:/entry
            steps:
              - to: service:routes.caller
        """);

    assertThat(client.apiPost("/services/routes.echo/invoke", "x").body()).isEqualTo("echo x");
    assertThat(client.post("/entry", "hey").body()).isEqualTo("echo hey");
  }

  @Test
  void aDiagramHasTheBranchesAndWhatEachProcessorHasDone() {
    client.deploy(
        "routes-drawn",
        """
        - route:
            id: main
            from:
              uri: service:routes.drawn
              steps:
                - choice:
                    id: c
                    when:
                      - id: w
                        simple: "${body} == 'a'"
                        steps: [ { setBody: { id: one, constant: first } } ]
                - setHeader: { id: h, name: X-Token, simple: "{{ROUTES_GREETING}}" }
        """);
    client.apiPost("/services/routes.drawn/invoke", "a");
    client.apiPost("/services/routes.drawn/invoke", "b");

    JsonNode diagram = Client.json(client.apiGet("/routes/routes-drawn%23main/diagram"));
    assertThat(diagram.path("route").path("exchanges").asInt()).isEqualTo(2);
    assertThat(texts(diagram.path("edges"), "from", "to", "label"))
        .containsExactly("from c ", "c w ", "w one ", "one h ", "c h otherwise");
    assertThat(texts(diagram.path("nodes"), "id", "kind", "text"))
        .contains("w when ${body} == 'a'", "h setHeader X-Token = {{ROUTES_GREETING}}");
    JsonNode one = diagram.path("nodes").get(3);
    assertThat(one.path("figures").path("exchanges").asInt()).isEqualTo(1);
    assertThat(diagram.path("nodes").get(1).path("line").asInt()).isEqualTo(6);

    client.send(
        client
            .api("/objects/channel_rest/routes-drawn")
            .PUT(
                BodyPublishers.ofString(
                    "{\"service\":\"routes.drawn\",\"url_path\":\"/routes-drawn\"}")));
    JsonNode channel = Client.json(client.apiGet("/routes/channel_rest/routes-drawn/diagram"));
    assertThat(channel.path("nodes").get(1).path("target").path("name").asText())
        .isEqualTo("routes.drawn");
    assertThat(client.apiPost("/routes/channel_rest/routes-drawn/trace", "").statusCode())
        .isEqualTo(409);
    assertThat(client.apiGet("/routes/missing/diagram").statusCode()).isEqualTo(404);
  }

  private static List<String> texts(JsonNode items, String... fields) {
    return StreamSupport.stream(items.spliterator(), false)
        .map(
            item ->
                Stream.of(fields)
                    .map(field -> item.path(field).asText())
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  @Test
  void aTraceRecordsTheNextMessagesAndEndsByItself() {
    client.deploy(
        "routes-traced",
        """
        - route:
            id: main
            from:
              uri: platform-http:/traced?useStreaming=true
              steps:
                - setHeader: { id: h, name: X-Seen, constant: "yes" }
                - setBody: { id: b, simple: "got ${body}" }
        """);
    String trace = "/routes/routes-traced%23main/trace";
    assertThat(client.apiPost(trace + "?messages=1000", "").statusCode()).isEqualTo(400);
    assertThat(Client.json(client.apiPost(trace + "?messages=1", "")).path("status").asText())
        .isEqualTo("on");

    assertThat(client.post("/traced", "one").body()).isEqualTo("got one");
    assertThat(client.post("/traced", "two").body()).isEqualTo("got two");

    JsonNode state = Client.json(client.apiGet(trace));
    assertThat(state.path("status").asText()).isEqualTo("ended");
    assertThat(state.path("messages")).hasSize(1);
    await().until(() -> Client.json(client.apiGet(trace + "/1")).at("/summary/isDone").asBoolean());
    JsonNode message = Client.json(client.apiGet(trace + "/1"));
    assertThat(texts(message.path("steps"), "node", "kind"))
        .containsExactly("h setHeader", "b setBody");
    assertThat(message.at("/steps/1/content/headers/X-Seen").asText()).isEqualTo("yes");
    assertThat(message.at("/result/body").asText()).isEqualTo("got one");
    assertThat(client.apiGet(trace + "/2").statusCode()).isEqualTo(404);
    assertThat(Client.json(client.send(client.api(trace).DELETE())).path("status").asText())
        .isEqualTo("none");
    assertThat(client.apiGet(trace + "/1").statusCode()).isEqualTo(404);
  }

  @Test
  void aServiceSendsMessagesToTheEndpointsOfAFile() {
    client.deploy(
        "routes-harbour",
        """
        - from:
            uri: direct:ship
            steps:
              - setBody: { simple: "${header.flag} ship ${body}" }
        """);
    HttpResponse<String> user =
        client.deploy(
            "routes-captain",
            """
            import java.util.Map;
            import org.caravanserai.api.*;
            import org.caravanserai.camel.Camel;
            @ServiceName("routes.captain")
            public class Captain implements Service<String, String> {
              @Override public String handle(String input, Context context) {
                Camel harbour = context.connection(Camel.class, "routes-harbour");
                return harbour.request("direct:ship", input, Map.of("flag", "red"), String.class);
              }
            }
            """);
    assertThat(user.statusCode()).as(user.body()).isEqualTo(201);
    assertThat(client.apiPost("/services/routes.captain/invoke", "Argo").body())
        .isEqualTo("red ship Argo");
  }

  @Test
  void aBundleWithItsOwnCamelContextCallsServices() throws IOException {
    client.deploy(
        "routes-bundle-echo",
        """
        import org.caravanserai.api.*;
        @ServiceName("routes.bundle-echo")
        public class BundleEcho implements Service<String, String> {
          @Override public String handle(String input, Context context) {
            return input + " by " + context.channel().kind() + " " + context.headers().get("x");
          }
        }
        """);
    Path told = server.data().resolve("routes-bundle.txt");
    Path bundle =
        new CamelBundle(Server.newFolder(), Server.distribution())
            .make(
                "routes-user-bundle",
                "Activator",
                """
                package user;
                import java.nio.file.*;
                import org.apache.camel.CamelContext;
                import org.apache.camel.builder.RouteBuilder;
                import org.apache.camel.impl.DefaultCamelContext;
                import org.caravanserai.api.Services;
                import org.osgi.framework.*;
                public class Activator implements BundleActivator {
                  private CamelContext camel;
                  public void start(BundleContext bundle) throws Exception {
                    camel = new DefaultCamelContext();
                    camel.addRoutes(new RouteBuilder() {
                      public void configure() {
                        from("direct:in").setHeader("x", constant("y")).to("service:routes.bundle-echo");
                      }
                    });
                    camel.start();
                    String routed = camel.createProducerTemplate().requestBody("direct:in", "a", String.class);
                    Services services = bundle.getService(bundle.getServiceReference(Services.class));
                    String called = services.invoke("routes.bundle-echo", "b", String.class);
                    Files.writeString(Path.of("%s"), routed + ", " + called);
                  }
                  public void stop(BundleContext bundle) {
                    camel.stop();
                  }
                }
                """
                    .formatted(told),
                "org.osgi.framework,org.apache.camel,org.apache.camel.builder,"
                    + "org.apache.camel.impl,org.apache.camel.impl.engine,org.apache.camel.model,"
                    + "org.apache.camel.spi,org.apache.camel.support,org.caravanserai.api");

    ScriptResult installed = server.run("bin/serai", "bundle:install", "-s", "file:" + bundle);
    assertThat(installed.status()).as(installed.output()).isZero();
    await().until(() -> Files.exists(told) && Files.size(told) > 0);
    assertThat(Files.readString(told)).isEqualTo("a by camel y, b by osgi null");
    assertThat(server.run("bin/serai", "bundle:uninstall", "routes-user-bundle").status()).isZero();
  }

  @Test
  void aKameletOfAFolderIsUsedAndFollowed() throws IOException {
    Path folder = Files.createDirectories(server.data().resolve("deploy/kamelets"));
    Path kamelet = folder.resolve("routes-shout-action.kamelet.yaml");
    Files.writeString(kamelet, shouting("!"));
    String file =
        """
        - from:
            uri: platform-http:/kamelet
            steps:
              - to: kamelet:routes-shout-action?greeting=Ahoy
        """;
    await()
        .untilAsserted(
            () -> assertThat(client.deploy("routes-kamelet", file).statusCode()).isEqualTo(201));
    assertThat(client.post("/kamelet", "Ada").body()).isEqualTo("Ahoy Ada!");

    Files.writeString(kamelet, shouting("?"));
    await()
        .untilAsserted(
            () -> assertThat(client.post("/kamelet", "Ada").body()).isEqualTo("Ahoy Ada?"));
  }

  private static String shouting(String mark) {
    return """
        apiVersion: camel.apache.org/v1
        kind: Kamelet
        metadata:
          name: routes-shout-action
        spec:
          definition:
            title: Shouts
            required: [greeting]
            properties:
              greeting: { title: Greeting, type: string }
          template:
            from:
              uri: kamelet:source
              steps:
                - setBody: { simple: "{{greeting}} ${body}%s" }
        """
        .formatted(mark);
  }

  @Test
  void filesOfAFolderComeAndGo() {
    server.save("routes-file.camel.yaml", answering("/file", "one"));
    await().untilAsserted(() -> assertThat(body("/file")).isEqualTo("one"));
    assertThat(deployed("routes-file").path("origin").asText()).endsWith("routes-file.camel.yaml");

    server.save("routes-file.camel.yaml", answering("/file", "two").replace("steps", "stepps"));
    await().until(() -> deployed("routes-file").path("rejected").size() > 0);
    JsonNode diagnostic = deployed("routes-file").path("rejected").get(0);
    assertThat(diagnostic.path("line").asInt()).isEqualTo(5);
    assertThat(body("/file")).isEqualTo("one");

    server.save("routes-file.camel.yaml", answering("/file", "three"));
    await().untilAsserted(() -> assertThat(body("/file")).isEqualTo("three"));
    delete(server.data().resolve("deploy/routes-file.camel.yaml"));
    await().until(() -> client.get("/file").statusCode() == 404);
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatCanNotBeIsRefusedAndTouchesNothing() {
    client.deploy("routes-kept", answering("/kept", "kept"));
    HttpResponse<String> kafka =
        client.deploy(
            "routes-kept",
            "- from:\n    uri: platform-http:/kept\n    steps:\n      - to: kafka:orders\n");
    JsonNode diagnostic = Client.json(kafka).path("diagnostics").get(0);
    assertThat(kafka.statusCode()).isEqualTo(422);
    assertThat(diagnostic.path("line").asInt()).isEqualTo(4);
    assertThat(diagnostic.path("message").asText())
        .startsWith("component kafka is missing")
        .contains("camel-kafka");
    assertThat(client.apiPost("/deployments/routes-dry?dryRun=true", answering("/dry", "x")).body())
        .contains("would-be-live");
    assertThat(client.get("/dry").statusCode()).isEqualTo(404);
    assertThat(body("/kept")).isEqualTo("kept");
  }

  @Test
  void replacementsUnderLoadLoseNothing() {
    client.deploy("routes-load", answering("/load", "0"));
    try (Load load = new Load(server).callers("platform-http", 4, "/load", "\\d+")) {
      for (int i = 1; i <= 20; i++) {
        assertThat(client.deploy("routes-load", answering("/load", "" + i)).statusCode())
            .isEqualTo(200);
      }
      load.stop();
      Load.assertNoneFailed(load.take());
    }
    assertThat(body("/load")).isEqualTo("20");
  }

  @Test
  void filesAreTakenOnceAndAllWhileRoutesChange() throws IOException {
    Path in = Files.createDirectories(server.data().resolve("routes-in"));
    Path out = server.data().resolve("routes-out");
    client.deploy("routes-files", moving(in, out, 0));
    int written = 0;
    for (int revision = 1; revision <= 5; revision++) {
      for (int i = 0; i < 20; i++) {
        Path unfinished = Files.writeString(in.resolve(".part"), "" + written);
        Files.move(unfinished, in.resolve("f" + written++));
      }
      assertThat(client.deploy("routes-files", moving(in, out, revision)).statusCode())
          .isEqualTo(200);
    }
    int all = written;
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(lines(out)).hasSizeGreaterThanOrEqualTo(all));
    assertThat(lines(out)).hasSize(all).doesNotHaveDuplicates();
  }

  private static String moving(Path in, Path out, int revision) {
    return """
    - from:
        uri: file:%s?delay=20&initialDelay=0&move=.done
        steps:
          - setProperty: { name: revision, constant: "%d" }
          - to: file:%s?fileName=all.txt&fileExist=Append&appendChars=\\n
    """
        .formatted(in, revision, out);
  }

  private static List<String> lines(Path out) throws IOException {
    Path file = out.resolve("all.txt");
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).toList();
    }
  }

  @Test
  void theShellDeploysRouteFiles() throws IOException {
    Path file = server.data().resolve("routes-shell.camel.yaml");
    Files.writeString(file, answering("/shell", "by the shell"));

    assertThat(server.run("bin/serai", "deploy", file.toString()).status()).isZero();
    assertThat(body("/shell")).isEqualTo("by the shell");
    assertThat(deployed("routes-shell").path("status").asText()).isEqualTo("live");
  }

  @Test
  void aRestartBringsRoutesBackBeforeTheServerIsReady() {
    client.deploy("routes-restart", answering("/restart", "back"));
    client.deploy("routes-restart-java", BUILDER.replace("/java", "/restart-java"));
    server.restart();

    assertThat(body("/restart")).isEqualTo("back");
    assertThat(body("/restart-java")).isEqualTo("Hello from Java");
    assertThat(deployed("routes-restart").path("revision").asInt()).isEqualTo(1);
  }
}
