package org.caravanserai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.ServiceName;
import org.caravanserai.runtime.ServiceRevision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an exchange and the service that it calls have of each other. */
class ServiceExchangeTest {

  @TempDir static Path folder;
  private static CamelServer server;
  private static ServiceRevision told;
  private static ServiceRevision streams;
  private static ServiceRevision later;
  private static ProducerTemplate template;

  /** What a service takes as JSON. */
  public record Order(String item, int count) {}

  /** Tells what it sees of a call. */
  @ServiceName("test.told")
  public static final class Told implements Service<String, String> {
    static volatile Map<String, Object> headers = Map.of();
    static volatile Object priority = "";

    @Override
    public String handle(String input, Context context) {
      headers = context.headers();
      priority = String.valueOf(context.headers().get("PRIORITY"));
      return input + " for " + context.channel().kind() + "/" + context.channel().name();
    }
  }

  /** Takes a record. */
  @ServiceName("test.typed")
  public static final class Typed implements Service<Order, String> {
    @Override
    public String handle(Order input, Context context) {
      return input.count() + " x " + input.item();
    }
  }

  /** Reads and answers while it goes on. */
  @ServiceName("test.streams")
  public static final class Streams implements Service<InputStream, InputStream> {
    @Override
    public InputStream handle(InputStream input, Context context) throws Exception {
      return new ByteArrayInputStream(("<" + text(input) + ">").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Answers when the test says so. */
  @ServiceName("test.later")
  public static final class Later implements Service<String, CompletionStage<String>> {
    static volatile CompletableFuture<String> answer = new CompletableFuture<>();

    @Override
    public CompletionStage<String> handle(String input, Context context) {
      return answer;
    }
  }

  /** Fails in the way that its input names. */
  @ServiceName("test.fails")
  public static final class Fails implements Service<String, String> {
    @Override
    public String handle(String input, Context context) {
      if (input.equals("meant")) {
        throw new ServiceException(409, "shipped already");
      }
      throw new IllegalStateException("a secret of the server");
    }
  }

  private static String text(InputStream stream) throws Exception {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  @BeforeAll
  static void start() throws Exception {
    server = new CamelServer();
    told = server.deploy(Told.class);
    server.deploy(Typed.class);
    server.deploy(Fails.class);
    streams = server.deploy(Streams.class);
    later = server.deploy(Later.class);
    server
        .routes
        .context()
        .addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:told").routeId("teller").to("service:test.told");
                from("direct:copy").to("service:test.streams").convertBodyTo(String.class);
                from("direct:meant")
                    .onException(ServiceException.class)
                    .handled(true)
                    .setBody(simple("${exception.status}: ${exception.message}"))
                    .end()
                    .to("service:test.fails");
              }
            });
    template = server.routes.context().createProducerTemplate();
  }

  @AfterAll
  static void stop() throws Exception {
    template.stop();
    server.stop();
  }

  @Test
  void theServiceSeesTheHeadersOfTheExchange() {
    Exchange exchange =
        template.request(
            "direct:told",
            started -> {
              started.getMessage().setBody("x");
              started.getMessage().setHeader("priority", 7);
              started.getMessage().setHeader(Exchange.FILE_NAME, "in.csv");
              started.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 201);
            });

    assertThat(Told.headers).containsEntry("priority", 7).containsEntry("CamelFileName", "in.csv");
    assertThat(Told.headers).doesNotContainKey(Exchange.HTTP_RESPONSE_CODE);
    assertThat(Told.priority).isEqualTo("7");
    assertThatThrownBy(() -> Told.headers.put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    // And the exchange keeps them.
    assertThat(exchange.getMessage().getHeader("priority")).isEqualTo(7);
    assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(201);
    assertThat(exchange.getMessage().getBody()).isEqualTo("x for camel/teller");
    assertThat(told.inside()).isZero();
  }

  @Test
  void textBytesAndStreamsAreDocuments() {
    String json = "{\"item\":\"nails\",\"count\":3}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThat(template.requestBody("service:test.typed", json)).isEqualTo("3 x nails");
    assertThat(template.requestBody("service:test.typed", bytes)).isEqualTo("3 x nails");
    assertThat(template.requestBody("service:test.typed", new ByteArrayInputStream(bytes)))
        .isEqualTo("3 x nails");
    assertThatThrownBy(() -> template.requestBody("service:test.typed", "{\"item\":\"nails\"}"))
        .hasStackTraceContaining("/count: missing");
  }

  @Test
  void aFileIsWhatIsInIt() throws Exception {
    Path file = Files.writeString(folder.resolve("order.json"), "{\"item\":\"nuts\",\"count\":2}");
    assertThat(template.requestBody("service:test.typed", file.toFile())).isEqualTo("2 x nuts");
    assertThat(template.requestBody("service:test.typed", file)).isEqualTo("2 x nuts");
  }

  @Test
  void streamsArePassedOnAndClosedAtTheEnd() {
    CompletableFuture<String> closed = new CompletableFuture<>();
    InputStream body =
        new ByteArrayInputStream("long".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed.complete("closed");
          }
        };
    assertThat(template.requestBody("direct:copy", body)).isEqualTo("<long>");
    assertThat(closed).isCompletedWithValue("closed");
    assertThat(streams.inside()).isZero();
  }

  @Test
  void aServiceThatAnswersLaterHoldsNoThread() throws Exception {
    Later.answer = new CompletableFuture<>();
    CompletableFuture<Exchange> exchange =
        template.asyncSend("service:test.later", started -> started.getMessage().setBody("x"));
    await().until(() -> later.inside() == 1);
    assertThat(exchange).isNotDone();
    Later.answer.complete("there");
    assertThat(exchange.get(20, TimeUnit.SECONDS).getMessage().getBody()).isEqualTo("there");
    await().until(() -> later.inside() == 0);
  }

  @Test
  void failuresAreForTheRouteToHandle() {
    assertThat(template.requestBody("direct:meant", "meant")).isEqualTo("409: shipped already");
    assertThat(template.requestBody("direct:meant", "other")).isEqualTo("500: Internal error");
  }
}
