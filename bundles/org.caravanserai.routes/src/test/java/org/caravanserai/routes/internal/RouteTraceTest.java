package org.caravanserai.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.caravanserai.camel.RouteRefusedException;
import org.caravanserai.camel.RouteTrace;
import org.caravanserai.camel.RouteTracing;
import org.caravanserai.camel.TracedMessage;
import org.caravanserai.camel.TracedMessage.Step;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What traces of routes record, and what they leave alone. */
class RouteTraceTest {

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

  private static RouteTracing traced(String name, int messages, String steps) {
    server.live(
        name,
        "- route:\n    id: r\n    from:\n      uri: service:"
            + name
            + "\n      steps:\n"
            + steps.indent(8));
    RouteTracing tracing = server.routes.tracing(name + "#r").orElseThrow();
    start(tracing, messages);
    return tracing;
  }

  private static TracedMessage first(RouteTracing tracing) {
    await().until(() -> tracing.look().messages().get(0).isDone());
    return tracing.message(1).orElseThrow();
  }

  private static String body(Step step) {
    return step.content().body().orElse("");
  }

  @Test
  void aMessageIsRecordedAtEachProcessorUntilThereAreEnough() {
    RouteTracing tracing =
        traced(
            "steps",
            2,
            """
            - setBody: { id: a, simple: "${body}1" }
            - setHeader: { id: b, name: Authorization, constant: Bearer abc }
            - setBody: { id: c, simple: "${body}2" }
            """);
    for (String each : List.of("x", "y", "z")) {
      assertThat(server.call("steps", each)).isEqualTo(each + "12");
    }

    TracedMessage message = first(tracing);
    assertThat(message.steps()).extracting(Step::node).containsExactly("a", "b", "c");
    assertThat(message.steps()).extracting(RouteTraceTest::body).containsExactly("x", "x1", "x1");
    assertThat(message.steps().get(2).content().headers()).containsEntry("Authorization", "***");
    assertThat(message.steps()).allMatch(each -> each.micros().isPresent());
    assertThat(message.result().orElseThrow().body()).hasValue("x12");
    assertThat(message.summary().cid()).hasValue("cid-1");
    RouteTrace trace = tracing.look();
    assertThat(trace.messages()).hasSize(2);
    assertThat(trace.status()).isEqualTo("ended");
    assertThat(trace.details()).hasValue("it has the messages that it was to record");
    assertThat(tracing.message(3)).isEmpty();
    assertThat(tracing.forget().status()).isEqualTo("none");
    assertThat(tracing.message(1)).isEmpty();
  }

  @Test
  void partsCopiesAndOtherRoutesBelongToTheMessage() {
    server.live(
        "parts",
        """
        - route:
            id: r
            from:
              uri: service:parts
              steps:
                - split:
                    id: s
                    expression: { tokenize: { token: "," } }
                    steps: [ { to: { id: sent, uri: "direct:parts" } } ]
        - route:
            id: other
            from:
              uri: direct:parts
              steps: [ { log: { id: l, message: x } } ]
        """);
    RouteTracing tracing = server.routes.tracing("parts#r").orElseThrow();
    start(tracing, 1);
    server.call("parts", "a,b");

    assertThat(first(tracing).steps())
        .extracting(each -> each.route() + " " + each.node() + " " + body(each))
        .containsExactly(
            "parts#r s a,b",
            "parts#r sent a",
            "parts#other l a",
            "parts#r sent b",
            "parts#other l b");
  }

  private static void start(RouteTracing tracing, int messages) {
    try {
      assertThat(tracing.start(Optional.of(messages), Optional.empty(), "ann").status())
          .isEqualTo("on");
    } catch (RouteRefusedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFailureIsToldWhereItHappened() {
    RouteTracing tracing =
        traced(
            "failing",
            1,
            """
            - log: { id: l, message: x }
            - throwException: { id: t, exceptionType: java.lang.IllegalStateException, message: broken }
            """);
    try (Reply reply = server.reply("failing", new Payload.Value("a"))) {
      assertThat(reply.failure()).isNotNull();
    }

    TracedMessage message = first(tracing);
    assertThat(message.summary().failure()).hasValue("java.lang.IllegalStateException: broken");
    assertThat(message.steps().get(0).failure()).isEmpty();
    assertThat(message.steps().get(1).failure())
        .hasValue("java.lang.IllegalStateException: broken");
  }

  @Test
  void streamsAreNotUsedUp() {
    RouteTracing tracing = traced("streams", 1, "- log: { id: l, message: x }\n");
    byte[] bytes = "all of it".getBytes(StandardCharsets.UTF_8);
    try (Reply reply =
        server.reply("streams", new Payload.Value(new ByteArrayInputStream(bytes)))) {
      assertThat(reply.as(String.class)).isEqualTo("all of it");
    }
    // Camel has kept it so that it can be read again.
    assertThat(first(tracing).steps())
        .extracting(RouteTraceTest::body)
        .containsExactly("all of it");

    RouteTracing iterating =
        traced(
            "iterators",
            1,
            "- log: { id: l, message: x }\n- setBody: { simple: '${body.next}' }\n");
    Iterator<String> once = Collections.singleton("only").iterator();
    assertThat(server.call("iterators", once)).isEqualTo("only");
    assertThat(first(iterating).steps().get(0).content().details())
        .hasValue("a stream, not read, for it can be read once only");
  }

  @Test
  void aLargeBodyIsCut() {
    RouteTracing tracing = traced("large", 1, "- setBody: { constant: small }\n");
    server.call("large", "a".repeat(70_000));

    TracedMessage message = first(tracing);
    assertThat(body(message.steps().get(0))).hasSize(65_536);
    assertThat(message.steps().get(0).content().details())
        .hasValue("the first 65536 of 70000 characters");
  }
}
