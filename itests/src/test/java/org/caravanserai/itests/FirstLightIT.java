package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A source file goes live and answers over HTTP; an edited one answers anew. */
@ExtendWith(ServerExtension.class)
class FirstLightIT {

  private final Server server;
  private final Client client;

  FirstLightIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @Test
  void theExampleOfTheReadmeAnswers() throws IOException {
    Path example = Path.of("../examples/hello");
    server.save("Hello.java", Files.readString(example.resolve("Hello.java")));
    server.save("serai-hello.yaml", Files.readString(example.resolve("serai.yaml")));

    await().until(() -> client.get("/hello?name=Ada").statusCode() == 200);
    assertThat(client.get("/hello?name=Ada").body()).isEqualTo("{\"greeting\":\"Hello, Ada\"}");
    assertThat(client.post("/hello", "{\"name\":\"Bo\"}").body())
        .isEqualTo("{\"greeting\":\"Hello, Bo\"}");
  }

  @Test
  void anEditedFileAnswersAnewAndABrokenOneChangesNothing() {
    String name = Sources.unique("Edited");
    String service = name.toLowerCase(java.util.Locale.ROOT);
    server.save(name + ".java", Sources.constant(service, "one"));
    server.save("serai-" + name + ".yaml", Sources.channel(name, service, "/" + name));
    await().until(() -> client.get("/" + name).body().equals("one"));

    server.save(name + ".java", Sources.constant(service, "two"));
    await().until(() -> client.get("/" + name).body().equals("two"));

    server.save(name + ".java", Sources.constant(service, "three").replace("return", "retrun"));
    await()
        .until(
            () -> Client.json(client.apiGet("/deployments/" + name)).path("rejected").size() > 0);
    assertThat(Client.json(client.apiGet("/deployments/" + name)).at("/rejected/0/line").asInt())
        .isPositive();
    assertThat(client.get("/" + name).body()).isEqualTo("two");

    server.save(name + ".java", Sources.constant(service, "four"));
    await().until(() -> client.get("/" + name).body().equals("four"));
  }

  @Test
  void aFileThatIsGoneTakesItsServiceWithIt() throws IOException {
    String name = Sources.unique("Gone");
    Path file = server.save(name + ".java", Sources.constant("gone." + name, "here"));
    await().until(() -> client.apiGet("/deployments/" + name).statusCode() == 200);

    Files.delete(file);

    await().until(() -> client.apiGet("/deployments/" + name).statusCode() == 404);
    assertThat(client.apiGet("/services/gone." + name).statusCode()).isEqualTo(404);
  }

  @Test
  void filesThatAreNoSourceAreToldAndHarmNothing() throws IOException {
    String good = Sources.unique("Good");
    server.save(good + ".java", Sources.constant("good." + good, "unharmed"));
    await().until(() -> client.apiGet("/deployments/" + good).statusCode() == 200);

    Path folder = server.data().resolve("deploy");
    String empty = Sources.unique("Empty");
    String garbage = Sources.unique("Garbage");
    String large = Sources.unique("Large");
    byte[] bytes = new byte[50_000];
    new Random(2).nextBytes(bytes);
    Files.createFile(folder.resolve(empty + ".java"));
    Files.write(folder.resolve(garbage + ".java"), bytes);
    Files.writeString(folder.resolve(large + ".java"), "/*" + "x".repeat(20_000_000) + "*/");

    await()
        .untilAsserted(
            () -> {
              assertThat(rejectionOf(empty)).isNotEmpty();
              assertThat(rejectionOf(garbage)).isNotEmpty();
              assertThat(client.apiGet("/config/files").body()).contains(large + ".java");
            });
    assertThat(client.apiPost("/services/good." + good + "/invoke", "").body())
        .isEqualTo("unharmed");
    assertThat(server.log()).contains(garbage + " rejected at compile");
  }

  private String rejectionOf(String deployment) {
    return Client.json(client.apiGet("/deployments/" + deployment))
        .at("/rejected/0/message")
        .asText();
  }

  @Test
  void editsUnderLoadLoseNoCall() throws InterruptedException {
    String name = Sources.unique("Loaded");
    String service = "loaded." + name;
    server.save(name + ".java", Sources.constant(service, "answer 0"));
    server.save("serai-" + name + ".yaml", Sources.channel(name, service, "/" + name));
    await().until(() -> client.get("/" + name).body().equals("answer 0"));

    var running = new AtomicBoolean(true);
    var answered = new AtomicInteger();
    var lost = new AtomicInteger();
    Runnable caller =
        () -> {
          while (running.get()) {
            var response = client.get("/" + name);
            boolean right = response.statusCode() == 200 && response.body().startsWith("answer ");
            (right ? answered : lost).incrementAndGet();
          }
        };
    Thread[] callers = {new Thread(caller), new Thread(caller)};
    for (Thread thread : callers) {
      thread.start();
    }
    for (int edit = 1; edit <= 20; edit++) {
      String answer = "answer " + edit;
      server.save(name + ".java", Sources.constant(service, answer));
      await().until(() -> client.get("/" + name).body().equals(answer));
    }
    running.set(false);
    for (Thread thread : callers) {
      thread.join();
    }
    assertThat(lost).hasValue(0);
    assertThat(answered).hasPositiveValue();
  }
}
