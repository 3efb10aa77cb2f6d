package org.caravanserai.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Rendered;
import org.caravanserai.runtime.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route that is a service: what goes in and what comes out. */
class EntryTest {

  @TempDir static Path data;
  private static RoutesServer server;

  @BeforeAll
  static void start() {
    server = new RoutesServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void route(String service, String... steps) {
    server.live(
        service,
        "- from:\n    uri: service:"
            + service
            + "\n    steps:\n      - "
            + String.join("\n      - ", steps)
            + "\n");
  }

  @Test
  void anObjectIsTheBodyAsItIs() {
    route("same", "log: x");
    Object order = Map.of("item", "tea");
    try (Reply reply = server.reply("same", new Payload.Value(order))) {
      assertThat(reply.value()).isSameAs(order);
    }
  }

  @Test
  void aDocumentIsItsBytesAndItsParametersAreHeaders() {
    route("document", "setBody: { simple: \"${body} ${header.id} ${header.CamelX}\" }");
    Payload document =
        new Payload.Document(
            "{}".getBytes(StandardCharsets.UTF_8),
            DataFormat.JSON,
            Map.of("id", List.of("7"), "CamelX", List.of("steered")),
            false);
    try (Reply reply = server.reply("document", document)) {
      assertThat(reply.as(String.class)).isEqualTo("{} 7 ");
    }
  }

  @Test
  void aRouteThatCallsAnotherGivesItsHeaders() {
    route(
        "called",
        "setBody: { simple: \"${header.colour} ${header.CamelFileName}"
            + " ${header.CamelHttpResponseCode}\" }",
        "setHeader: { name: back, constant: \"x\" }");
    route(
        "calling",
        "setHeader: { name: colour, constant: red }",
        "setHeader: { name: CamelFileName, constant: a.txt }",
        "setHeader: { name: CamelHttpResponseCode, constant: \"201\" }",
        "to: service:called",
        "setBody: { simple: \"${body}, ${header.colour} ${header.back}\" }");

    assertThat(server.call("calling", "x")).isEqualTo("red a.txt , red ");
  }

  @Test
  void aStreamGoesThroughAndIsReadBeforeTheExchangeEnds() throws Exception {
    route("stream", "log: x");
    Payload stream =
        new Payload.Stream(
            new ByteArrayInputStream(new byte[] {'a', 'b'}), DataFormat.RAW, Map.of());
    try (Reply reply = server.reply("stream", stream)) {
      Rendered rendered = reply.render(DataFormat.RAW);
      assertThat(rendered).isInstanceOf(Rendered.Stream.class);
      try (InputStream content = ((Rendered.Stream) rendered).content()) {
        assertThat(content.readAllBytes()).containsExactly('a', 'b');
      }
    }
    assertThat(server.registry.slot("stream").current().orElseThrow().inside()).isZero();
  }

  @Test
  void exceptionsMeantForTheCallerAreTheirs() {
    server.live(
        "refusing",
        """
        public class Refusing extends org.apache.camel.builder.RouteBuilder {
          public void configure() {
            from("service:refusing").process(exchange -> {
              throw new org.caravanserai.api.ServiceException(409, "not now");
            });
          }
        }
        """);

    assertThatThrownBy(() -> server.call("refusing", "x"))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> {
              assertThat(e.status()).isEqualTo(409);
              assertThat(e.details()).isEqualTo("not now");
            });
  }

  @Test
  void aStatusThatIsAnErrorIsAnException() {
    route(
        "missing",
        "setHeader: { name: CamelHttpResponseCode, constant: \"404\" }",
        "setBody: { constant: \"no such order\" }");

    assertThatThrownBy(() -> server.call("missing", "x"))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> {
              assertThat(e.status()).isEqualTo(404);
              assertThat(e.details()).isEqualTo("no such order");
            });
  }

  @Test
  void anExchangeThatGoesOnElsewhereIsAwaited() {
    route(
        "later",
        "delay: { constant: \"20\", asyncDelayed: \"true\" }",
        "setBody: { constant: \"then\" }");

    assertThat(server.call("later", "x")).isEqualTo("then");
  }

  @Test
  void anInOnlyRouteAnswersNothing() {
    server.live(
        "quiet",
        "- from:\n    uri: service:quiet?exchangePattern=InOnly\n    steps:\n      - setBody: { constant: \"x\" }\n");
    try (Reply reply = server.reply("quiet", new Payload.Value("in"))) {
      assertThat(reply.value()).isNull();
    }
  }

  @Test
  void aStoppedRouteSaysSo() {
    server.live(
        "stopped",
        "- from:\n    uri: service:stopped\n    steps:\n      - to: controlbus:route?routeId=route1&action=suspend&async=true\n");
    server.call("stopped", "x");
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> server.call("stopped", "x"))
                    .isInstanceOf(ServiceException.class));
  }
}
