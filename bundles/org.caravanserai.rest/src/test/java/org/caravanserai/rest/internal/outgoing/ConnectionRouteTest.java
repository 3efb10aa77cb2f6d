package org.caravanserai.rest.internal.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.felix.framework.FrameworkFactory;
import org.caravanserai.api.ServiceException;
import org.caravanserai.camel.internal.ChannelRoutesService;
import org.caravanserai.camel.internal.ConnectionProducers;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.rest.Rest;
import org.caravanserai.runtime.internal.LiveCallPool;
import org.caravanserai.runtime.internal.LiveInvoker;
import org.caravanserai.runtime.internal.LiveRegistry;
import org.caravanserai.runtime.internal.RuntimeSettings;
import org.caravanserai.security.internal.definition.Handles;
import org.caravanserai.spi.LiveConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** {@code connection:outgoing_rest/NAME} in routes of a Camel context. */
class ConnectionRouteTest {

  @TempDir private static Path folder;
  private static Framework framework;
  private static LiveRegistry registry;
  private static LiveCallPool pool;
  private static ChannelRoutesService camel;
  private static ProducerTemplate template;
  private static final Open OPEN = new Open();

  private final Stub stub = new Stub();
  private final OutgoingRestKind kind = new OutgoingRestKind(new Handles(), new MetricsComponent());

  /** The connections that are open. */
  private static final class Open implements org.caravanserai.spi.Connections {

    private final Map<String, LiveConnection<OutgoingRest, Rest>> all = new HashMap<>();

    @Override
    public <F> LiveConnection<?, F> find(Class<F> facade, String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<OpenConnection> named(String name) {
      LiveConnection<OutgoingRest, Rest> found = all.get(name);
      return found == null ? List.of() : List.of(new OpenConnection(OutgoingRestKind.NAME, found));
    }

    @Override
    public Absence absence(Class<?> facade, String name) {
      return new Absence("Connection " + name + " is not open: it is not active", "");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(Constants.FRAMEWORK_STORAGE, folder.toString(), "felix.log.level", "1"));
    framework.start();
    RuntimeSettings settings =
        (RuntimeSettings)
            Proxy.newProxyInstance(
                ConnectionRouteTest.class.getClassLoader(),
                new Class<?>[] {RuntimeSettings.class},
                (proxy, method, arguments) -> method.getDefaultValue());
    registry = new LiveRegistry(settings);
    pool = new LiveCallPool(settings);
    ConnectionProducers producers = new ConnectionProducers();
    producers.bindConnections(OPEN);
    producers.bindProducer(new RestProducer());
    camel =
        new ChannelRoutesService(
            framework.getBundleContext(),
            registry,
            new LiveInvoker(settings, registry, pool),
            producers);
    camel
        .context()
        .addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:crm").to("connection:outgoing_rest/crm").to("mock:answered");
                from("direct:named").to("connection:crm?httpMethod=PUT");
                from("direct:lenient")
                    .to("connection:outgoing_rest/crm?throwExceptionOnFailure=false");
              }
            });
    template = camel.context().createProducerTemplate();
  }

  @AfterAll
  static void stop() throws Exception {
    camel.stop();
    pool.deactivate();
    registry.deactivate();
    framework.stop();
    framework.waitForStop(10_000);
  }

  @BeforeEach
  void open() throws Exception {
    OPEN.all.put("crm", kind.open(Connections.to(stub.url(), "urlPath", "/orders/{id}")));
  }

  @AfterEach
  void close() {
    OPEN.all.values().forEach(LiveConnection::close);
    OPEN.all.clear();
    kind.deactivate();
    stub.close();
  }

  private static Exchange send(String route, Object body, Consumer<Message> headers) {
    return template.request(
        route,
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().setHeader("id", "a/7");
          headers.accept(exchange.getMessage());
        });
  }

  private static ServiceException failure(Exchange exchange) {
    assertThat(exchange.getException()).isInstanceOf(ServiceException.class);
    return (ServiceException) exchange.getException();
  }

  @Test
  void headersAndBodyGoThereAndComeBack() {
    stub.handler =
        exchange -> {
          exchange.getResponseHeaders().set("X-Answer", "42");
          Stub.answer(exchange, 201, "application/json", "{\"id\":7}");
        };
    Exchange exchange =
        send(
            "direct:crm",
            "{\"item\":\"tea\"}",
            message -> {
              message.setHeader("X-Serai-CID", "my-cid");
              message.setHeader("X-Colour", "green");
              message.setHeader("Authorization", "Basic secret");
              message.setHeader(Exchange.CONTENT_TYPE, "application/json");
              message.setHeader(Exchange.HTTP_QUERY, "page=2&tag=b%20c");
            });
    assertThat(exchange.getException()).isNull();
    assertThat(stub.last().method()).isEqualTo("POST");
    assertThat(stub.last().uri()).isEqualTo("/orders/a%2F7?page=2&tag=b%20c");
    assertThat(stub.last().body()).isEqualTo("{\"item\":\"tea\"}");
    assertThat(stub.last().header("X-Colour")).isEqualTo("green");
    assertThat(stub.last().header("Content-Type")).isEqualTo("application/json");
    assertThat(stub.last().header("X-Serai-CID")).isEqualTo("my-cid");
    assertThat(stub.last().header("Authorization")).isNull();
    Message answer = exchange.getMessage();
    assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(201);
    assertThat(answer.getHeader("X-Answer")).isEqualTo("42");
    assertThat(answer.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
    assertThat(answer.getBody(String.class)).isEqualTo("{\"id\":7}");
  }

  @Test
  void withoutABodyItIsAGetUnlessTheRouteSaysOtherwise() {
    assertThat(send("direct:crm", null, message -> {}).getException()).isNull();
    assertThat(stub.last().method()).isEqualTo("GET");
    assertThat(send("direct:named", null, message -> {}).getException()).isNull();
    assertThat(stub.last().method()).isEqualTo("PUT");
    send("direct:named", null, message -> message.setHeader(Exchange.HTTP_METHOD, "DELETE"));
    assertThat(stub.last().method()).isEqualTo("DELETE");
  }

  /** Much more than is sent at a time, of which nobody knows the length. */
  @Test
  void aStreamIsSentAsItIsRead() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream("much ".repeat(100_000).getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    assertThat(send("direct:crm", stream, message -> {}).getException()).isNull();
    assertThat(stub.last().body()).hasSize(500_000).startsWith("much much");
    assertThat(stub.last().header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(closed).isTrue();
  }

  @Test
  void aRefusalOfTheOtherSideIsAFailureWithAStatusUnlessTheRouteLooksAtIt() {
    stub.answers(404, "text/plain", "nothing here");
    Exchange refused = send("direct:crm", null, message -> {});
    assertThat(failure(refused).status()).isEqualTo(502);
    assertThat(failure(refused)).hasMessageContaining("404");
    assertThat(refused.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);
    Exchange seen = send("direct:lenient", null, message -> {});
    assertThat(seen.getException()).isNull();
    assertThat(seen.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);
    assertThat(seen.getMessage().getBody(String.class)).isEqualTo("nothing here");
  }

  @Test
  void aConnectionThatIsNotOpenIsA503ThatSaysWhenToComeAgain() {
    OPEN.all.remove("crm").close();
    ServiceException absent = failure(send("direct:crm", null, message -> {}));
    assertThat(absent.status()).isEqualTo(503);
    assertThat(absent.details()).isEqualTo("Connection crm is not open: it is not active");
    assertThat(absent.retryAfterSeconds()).isPositive();
  }

  @Test
  void anotherSideThatIsAwayIsAFailureWithItsStatus() {
    stub.close();
    assertThat(failure(send("direct:crm", null, message -> {})).status()).isBetween(502, 504);
  }

  @Test
  void aConnectionThatChangesIsFollowed() throws Exception {
    try (Stub other = new Stub()) {
      OPEN.all.get("crm").replace(Connections.to(other.url(), "urlPath", "/new/{id}"));
      assertThat(send("direct:crm", null, message -> {}).getException()).isNull();
      assertThat(other.last().uri()).isEqualTo("/new/a%2F7");
      assertThat(stub.seen).isEmpty();
    }
  }
}
