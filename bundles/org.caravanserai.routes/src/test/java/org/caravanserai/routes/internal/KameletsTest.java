package org.caravanserai.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.spi.Diagnostic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kamelets of a folder, and the files that use them. */
class KameletsTest {

  private static final String GREETER =
      """
      - from:
          uri: service:greeter
          steps:
            - to: kamelet:greet-action?greeting=%s
      """;

  @TempDir Path data;
  private RoutesServer server;
  private Path folder;

  /** Counts the ticks of a source. */
  @ServiceName("ticks")
  public static final class Ticks implements Service<String, String> {
    static final AtomicLong count = new AtomicLong();

    @Override
    public String handle(String input, Context context) {
      count.incrementAndGet();
      return input;
    }
  }

  @BeforeEach
  void start() throws Exception {
    folder = Files.createDirectories(data.resolve("watched/kamelets"));
    server = new RoutesServer(data.resolve("server"));
    server.registry.swap(List.of(server.registry.prepare(Ticks.class, "ticks", 1)), List.of());
    Ticks.count.set(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String greeting(String text) {
    return """
    apiVersion: camel.apache.org/v1
    kind: Kamelet
    metadata:
      name: greet-action
      labels:
        camel.apache.org/kamelet.type: action
    spec:
      definition:
        title: Greets
        required: [greeting]
        properties:
          greeting: { title: Greeting, type: string }
          mark: { title: Mark, type: string, default: "!" }
      template:
        from:
          uri: kamelet:source
          steps:
            - setBody:
                simple: "%s {{greeting}} ${body}{{mark}}"
    """
        .formatted(text);
  }

  private List<Diagnostic> save(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    assertThat(server.kamelets().accepts(file)).isTrue();
    return server
        .kamelets()
        .deploy(file.toString(), Files.readString(file).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFileUsesAKameletAndFollowsIt() throws IOException {
    assertThat(save("greet-action.kamelet.yaml", greeting("one:"))).isEmpty();
    server.live("greeter", GREETER.formatted("Hello"));
    assertThat(server.call("greeter", "Ada")).isEqualTo("one: Hello Ada!");

    assertThat(save("greet-action.kamelet.yaml", greeting("two:"))).isEmpty();
    assertThat(server.call("greeter", "Ada")).isEqualTo("two: Hello Ada!");
    assertThat(server.engine.find("greeter").orElseThrow().revision()).isEqualTo(2);

    // The same once more is no change.
    assertThat(save("greet-action.kamelet.yaml", greeting("two:"))).isEmpty();
    assertThat(server.engine.find("greeter").orElseThrow().revision()).isEqualTo(2);
  }

  @Test
  void aBrokenOneIsRefusedWithItsLine() throws IOException {
    save("greet-action.kamelet.yaml", greeting("one:"));
    server.live("greeter", GREETER.formatted("Hello"));
    List<Diagnostic> faults =
        save("greet-action.kamelet.yaml", greeting("two:").replace("setBody", "setBoddy"));

    assertThat(faults).hasSize(1);
    assertThat(faults.get(0).line()).isEqualTo(18);
    assertThat(server.call("greeter", "Ada")).isEqualTo("one: Hello Ada!");
    assertThat(save("other-action.kamelet.yaml", greeting("x")).get(0).message())
        .isEqualTo("its metadata.name must be other-action, as its file is called");
    server.live("greeter", GREETER.formatted("Hi"));
    assertThat(server.call("greeter", "Ada")).isEqualTo("one: Hi Ada!");
  }

  @Test
  void whatDoesNotFitItsUsersIsTold() throws IOException {
    save("greet-action.kamelet.yaml", greeting("one:"));
    server.live("greeter", GREETER.formatted("Hello"));
    List<Diagnostic> told = save("greet-action.kamelet.yaml", greeting("{{no-such-property}}"));

    assertThat(told).hasSize(1);
    assertThat(told.get(0).severity()).isEqualTo(Diagnostic.Severity.WARNING);
    assertThat(told.get(0).message()).startsWith("greeter goes on with the Kamelet as it was");
    assertThat(server.call("greeter", "Ada")).isEqualTo("one: Hello Ada!");
  }

  @Test
  void whatIsMissingIsSaidAtItsPlace() {
    Rejected rejected = server.rejected("greeter", GREETER.formatted("Hello"));
    assertThat(rejected.diagnostics().get(0).line()).isEqualTo(4);
    assertThat(rejected.diagnostics().get(0).message())
        .isEqualTo(
            "Kamelet greet-action is missing: greet-action.kamelet.yaml belongs into the folder"
                + " kamelets of a watched folder");
  }

  @Test
  void theTimerOfASourceBeginsWithItsFile() throws IOException {
    List<Diagnostic> faults =
        save(
            "tick-source.kamelet.yaml",
            """
        apiVersion: camel.apache.org/v1
        kind: Kamelet
        metadata:
          name: tick-source
        spec:
          definition:
            title: Ticks
            properties:
              period: { title: Period, type: integer, default: 5 }
          template:
            from:
              uri: timer:tick
              parameters: { delay: 0, period: "{{period}}" }
              steps:
                - to: kamelet:sink
        """);
    assertThat(faults).isEmpty();
    String routes =
        """
        - from:
            uri: kamelet:tick-source?period=7
            steps:
              - to: service:ticks
        """;
    server.engine.deploy(
        "ticker", routes.getBytes(StandardCharsets.UTF_8), OptionalInt.empty(), true);
    assertThat(Ticks.count).hasValue(0);
    server.live("ticker", routes);
    await().until(() -> Ticks.count.get() > 2);
    server.engine.undeploy("ticker");
    await().until(() -> server.engine.find("ticker").isEmpty());
  }

  @Test
  void theyAreBackBeforeTheFilesThatUseThem() throws IOException {
    Path file = folder.resolve("greet-action.kamelet.yaml");
    save("greet-action.kamelet.yaml", greeting("one:"));
    Path store = data.resolve("server/kamelets");
    assertThat(new Kamelets(store, name -> java.util.Optional.empty()).find("greet-action"))
        .hasValueSatisfying(
            text ->
                assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo(greeting("one:")));

    Files.delete(file);
    assertThat(new Kamelets(store, name -> java.util.Optional.empty()).find("greet-action"))
        .isEmpty();
  }

  @Test
  void oneThatIsGoneIsUsedByNothingNew() throws IOException {
    save("greet-action.kamelet.yaml", greeting("one:"));
    server.live("greeter", GREETER.formatted("Hello"));
    server.kamelets().undeploy(folder.resolve("greet-action.kamelet.yaml").toString());

    assertThat(server.call("greeter", "Ada")).isEqualTo("one: Hello Ada!");
    server.rejected("greeter", GREETER.formatted("Hi"));
    assertThat(server.call("greeter", "Ada")).isEqualTo("one: Hello Ada!");
  }

  @Test
  void aNameComesFromOneFile() throws IOException {
    save("greet-action.kamelet.yaml", greeting("one:"));
    Path other = folder.resolve("other/kamelets/greet-action.kamelet.yaml");
    assertThat(
            server
                .kamelets()
                .deploy(other.toString(), greeting("two:").getBytes(StandardCharsets.UTF_8))
                .get(0)
                .message())
        .contains("comes from")
        .contains(folder.toString());
    assertThat(server.kamelets().accepts(folder.resolve("x.camel.yaml"))).isFalse();
    assertThat(server.kamelets().accepts(data.resolve("greet-action.kamelet.yaml"))).isFalse();
  }

  @Test
  void aKameletIsNoDeployment() {
    assertThatThrownBy(() -> server.live("greet-action", greeting("x")))
        .hasMessageContaining("Rejected");
  }
}
