package org.caravanserai.rest.internal.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.caravanserai.api.ServiceException;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.rest.Rest;
import org.caravanserai.rest.RestResponse;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.ClientIdentity;
import org.caravanserai.security.CredentialsException;
import org.caravanserai.security.DefinitionSet;
import org.caravanserai.security.OutgoingCredentials;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.spi.DocumentReceiver;
import org.caravanserai.spi.LiveConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingRestTest {

  /** What is sent. */
  public record Order(String item, int count) {}

  /** What comes back. */
  public record Id(int id) {}

  private final Stub stub = new Stub();
  private final Shown security = new Shown();
  private final MetricsComponent metrics = new MetricsComponent();
  private final OutgoingRestKind kind = new OutgoingRestKind(security, metrics);
  private final TestCaller caller = new TestCaller();
  private final List<LiveConnection<?, ?>> opened = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    opened.forEach(LiveConnection::close);
    await().until(() -> kind.clients() == 0);
    kind.deactivate();
    stub.close();
    assertThat(caller.staying).hasValue(0);
  }

  private LiveConnection<OutgoingRest, Rest> open(Object... changes) {
    return openTo(stub.url(), changes);
  }

  private LiveConnection<OutgoingRest, Rest> openTo(String host, Object... changes) {
    try {
      OutgoingRest configuration = Connections.to(host, changes);
      kind.validate(configuration);
      LiveConnection<OutgoingRest, Rest> connection = kind.open(configuration);
      opened.add(connection);
      return connection;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Rest rest(Object... changes) {
    return open(changes).facade(caller);
  }

  private static ServiceException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable c) {
    try {
      c.call();
    } catch (ServiceException e) {
      return e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no failure");
  }

  private void document(LiveConnection<OutgoingRest, Rest> connection) throws Exception {
    byte[] json = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    var unused =
        ((DocumentReceiver) connection)
            .send(caller, "application/json", json)
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  private ServiceException refused(LiveConnection<OutgoingRest, Rest> connection) {
    return (ServiceException)
        org.assertj.core.api.Assertions.catchThrowable(() -> document(connection)).getCause();
  }

  @Test
  void aDocumentIsTakenByWhoAnswersWell() throws Exception {
    LiveConnection<OutgoingRest, Rest> connection = open("urlPath", "/in");
    stub.answers(202, "text/plain", "");
    document(connection);
    assertThat(stub.last().method()).isEqualTo("POST");
    assertThat(stub.last().uri()).isEqualTo("/in");
    assertThat(stub.last().body()).isEqualTo("{\"a\":1}");
    assertThat(stub.last().header("Content-Type")).isEqualTo("application/json");
    stub.answers(503, "text/plain", "");
    assertThat(refused(connection).status()).isEqualTo(503);
    stub.answers(302, "text/plain", "");
    assertThat(refused(connection).status()).isEqualTo(502);
    assertThat(refused(connection).details()).endsWith("was answered 302");
    assertThat(refused(open("urlPath", "/in/{id}")).status()).isEqualTo(502);
  }

  @Test
  void aGetReadsJson() {
    RestResponse response = rest("urlPath", "/orders/{id}").get(Map.of("id", "a/b", "page", 2));
    assertThat(response.ok()).isTrue();
    assertThat(response.as(Id.class)).isEqualTo(new Id(7));
    assertThat(response.text()).isEqualTo("{\"id\":7}");
    assertThat(response.header("content-TYPE")).contains("application/json");
    assertThat(response.headers()).containsKey("content-type");
    assertThat(stub.last().method()).isEqualTo("GET");
    assertThat(stub.last().uri()).isEqualTo("/orders/a%2Fb?page=2");
    assertThat(stub.last().header("X-Serai-CID")).isEqualTo("the-cid");
    assertThat(stub.last().header("Accept")).isEqualTo("application/json");
    assertThat(stub.last().header("User-Agent")).isEqualTo("Caravanserai");
  }

  @Test
  void itsCallsAreCounted() throws Exception {
    LiveConnection<OutgoingRest, Rest> connection = open();
    connection.facade(caller).get();
    stub.answers(404, "text/plain", "");
    connection.facade(caller).get();
    connection.replace(Connections.to(nobody()));
    failure(() -> connection.facade(caller).get());
    String labels = "{connection=\"crm\",kind=\"outgoing_rest\"";
    for (String status : List.of("2xx", "4xx", "failed")) {
      assertThat(text()).contains("_requests_total" + labels + ",status=\"" + status + "\"} 1.0");
    }
    assertThat(text()).contains("_seconds_count" + labels + "} 3");
    connection.close();
    assertThat(text()).doesNotContain(labels);
    opened.clear();
  }

  private String text() throws IOException {
    var out = new ByteArrayOutputStream();
    metrics.write(null, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void objectsAreSentInTheDataFormat() {
    rest().post(new Order("tea", 2));
    assertThat(stub.last().body()).isEqualTo("{\"item\":\"tea\",\"count\":2}");
    assertThat(stub.last().header("Content-Type")).isEqualTo("application/json");

    rest("dataFormat", OutgoingRest.Format.FORM).put(new Order("a&b", 2), Map.of());
    assertThat(stub.last().body()).isEqualTo("item=a%26b&count=2");
    assertThat(stub.last().header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");

    rest("contentType", Optional.of("text/xml")).patch("<a/>", Map.of());
    assertThat(stub.last().body()).isEqualTo("<a/>");
    assertThat(stub.last().header("Content-Type")).isEqualTo("text/xml");

    rest("dataFormat", OutgoingRest.Format.RAW).post("x".getBytes(StandardCharsets.UTF_8));
    assertThat(stub.last().header("Content-Type")).isEqualTo("application/octet-stream");
  }

  @Test
  void aRequestCanBeFilledInByHand() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream("much".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    rest("urlPath", "/files")
        .request("post")
        .path("7")
        .param("tag", List.of("a", "b c"))
        .param("none", null)
        .header("X-Trace", "1")
        .contentType("text/plain")
        .data(stream)
        .send();
    assertThat(stub.last().method()).isEqualTo("POST");
    assertThat(stub.last().uri()).isEqualTo("/files/7?tag=a&tag=b%20c");
    assertThat(stub.last().header("X-Trace")).isEqualTo("1");
    assertThat(stub.last().header("Content-Type")).isEqualTo("text/plain");
    assertThat(stub.last().body()).isEqualTo("much");
    await().untilTrue(closed);
  }

  @Test
  void whatMakesNoSenseIsRefusedBeforeItIsSent() {
    Rest rest = rest("urlPath", "/orders/{id}");
    assertThatThrownBy(rest::get).hasMessage("the parameter id of the path is missing");
    assertThatThrownBy(() -> rest.get(Map.of("id", "..")))
        .hasMessageContaining("must not be empty or dots");
    assertThatThrownBy(() -> rest.request("GET").header("X-A", "a\r\nX-B: c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("X-B");
    assertThatThrownBy(() -> rest.request("GET").header("Content-Length", "1"))
        .hasMessage("Content-Length is set by the server");
    assertThatThrownBy(() -> rest.request("G T")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rest.request("GET").path("a?b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(stub.seen).isEmpty();
  }

  @Test
  void anyStatusIsAnAnswer() {
    stub.answers(404, "text/plain; charset=iso-8859-1", "no");
    RestResponse response = rest().get();
    assertThat(response.ok()).isFalse();
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.text()).isEqualTo("no");
    stub.answers(401, "text/plain", "x".repeat(100_000));
    assertThat(rest().get().bytes()).hasSize(100_000);
    stub.answers(204, "text/plain", "");
    assertThat(rest().get().as(Id.class)).isNull();
  }

  @Test
  void anAnswerThatDoesNotFitIs502() {
    stub.answers(200, "application/json", "{\"id\":\"x\"}");
    ServiceException failure = failure(() -> rest().get().as(Id.class));
    assertThat(failure.status()).isEqualTo(502);
    assertThat(failure.details()).startsWith("The answer of connection crm does not fit");
  }

  @Test
  void anAnswerThatIsTooLargeIs502() {
    stub.answers(200, "text/plain", "x".repeat(3000));
    ServiceException failure = failure(() -> rest("maxResponseSize", "2KB").get());
    assertThat(failure.status()).isEqualTo(502);
    assertThat(failure.details()).contains("larger than max_response_size");
  }

  @Test
  void aStreamIsReadPieceByPieceAndClosedAtTheEndOfTheCall() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    stub.handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("first".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          try {
            read.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.getResponseBody().write("second".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().close();
        };
    InputStream stream = rest("maxResponseSize", "1").request("GET").open().stream();
    assertThat(new String(stream.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("first");
    read.countDown();
    assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second");

    stub.answers(200, "text/plain", "x".repeat(1_000_000));
    InputStream unread = rest().request("GET").open().stream();
    caller.end();
    assertThatThrownBy(unread::read).isInstanceOf(IOException.class);
  }

  @Test
  void aServerThatIsNotThereIs502AtOnce() throws IOException {
    String address = nobody();
    ServiceException failure = failure(() -> openTo(address).facade(caller).get());
    assertThat(failure.status()).isEqualTo(502);
    assertThat(failure.details()).isEqualTo("Connection crm: the connection was refused");
    ServiceException unknown = failure(() -> openTo("http://nowhere.invalid").facade(caller).get());
    assertThat(unknown.status()).isEqualTo(502);
    assertThat(unknown.details()).isEqualTo("Connection crm: the host is not known");
  }

  private static String nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + free.getLocalPort();
    }
  }

  private void silent(CountDownLatch until) {
    stub.handler =
        exchange -> {
          try {
            until.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
  }

  @Test
  void aServerThatDoesNotAnswerIs504() {
    CountDownLatch until = new CountDownLatch(1);
    silent(until);
    ServiceException own = failure(() -> rest("timeout", Duration.ofMillis(50)).get());
    assertThat(own.status()).isEqualTo(504);
    assertThat(own.details()).isEqualTo("Connection crm: no answer in time");
    assertThat(failure(() -> rest().request("GET").timeout(Duration.ofMillis(50)).send()).status())
        .isEqualTo(504);
    caller.nanosLeft = Duration.ofMillis(50).toNanos();
    assertThat(failure(() -> rest().get()).status()).isEqualTo(504);
    assertThat(failure(() -> rest().request("GET").open()).status()).isEqualTo(504);
    until.countDown();
  }

  @Test
  void anInterruptedCallGivesUp() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    silent(until);
    Rest rest = rest();
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> status.complete(failure(rest::get).status() + (interrupted() ? 1 : 0)));
    thread.start();
    await().until(() -> stub.inside.get() == 1);
    thread.interrupt();
    assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(505);
    until.countDown();
  }

  private static boolean interrupted() {
    return Thread.currentThread().isInterrupted();
  }

  @Test
  void aStageKeepsTheCallersClassesUntilItIsDone() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    silent(until);
    CompletableFuture<RestResponse> stage = rest().request("GET").sendAsync().toCompletableFuture();
    assertThat(caller.staying).hasValue(1);
    until.countDown();
    assertThatThrownBy(() -> stage.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ServiceException.class);
    await().untilAtomic(caller.staying, org.hamcrest.Matchers.is(0));
  }

  @Test
  void credentialsAreSentAndFollowTheirDefinition() {
    Rest rest = rest("security", Optional.of("key"));
    assertThat(failure(rest::get).status()).isEqualTo(503);
    assertThat(stub.seen).isEmpty();
    security.headers = Map.of("X-API-Key", "one");
    rest.get();
    assertThat(stub.last().header("X-API-Key")).isEqualTo("one");
    security.headers = Map.of("X-API-Key", "two");
    rest.get();
    assertThat(stub.last().header("X-API-Key")).isEqualTo("two");
  }

  @Test
  void thePoolIsAsLargeAsItIsSaidToBe() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    stub.handler =
        exchange -> {
          try {
            until.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          Stub.answer(exchange, 200, "text/plain", "ok");
        };
    Rest rest = rest("poolSize", 2);
    List<CompletableFuture<RestResponse>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(rest.request("GET").sendAsync().toCompletableFuture());
    }
    await().until(() -> stub.inside.get() == 2);
    until.countDown();
    for (CompletableFuture<RestResponse> each : all) {
      assertThat(each.get(10, TimeUnit.SECONDS).ok()).isTrue();
    }
    assertThat(stub.mostInside).isEqualTo(2);
  }

  private void failsTwice() {
    AtomicInteger count = new AtomicInteger();
    stub.handler =
        exchange ->
            Stub.answer(exchange, count.incrementAndGet() <= 2 ? 503 : 200, "text/plain", "ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD"})
  void whatMayBeSentTwiceIsRepeated(String method) {
    failsTwice();
    assertThat(rest("maxRetries", 2).request(method).send().status()).isEqualTo(200);
    assertThat(stub.seen).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"POST,1", "GET,0", "PATCH,1"})
  void whatMayNotIsNot(String method, int retries) {
    failsTwice();
    assertThat(rest("maxRetries", retries).request(method).send().status()).isEqualTo(503);
    assertThat(stub.seen).hasSize(1);
  }

  @Test
  void whatIsSaidToBeRepeatableIsRepeated() {
    failsTwice();
    assertThat(rest("maxRetries", 2).request("POST").repeatable().send().status()).isEqualTo(200);
  }

  @Test
  void whatNobodyHasSeenIsRepeatedWhateverItIs() throws IOException {
    URI address = URI.create(nobody());
    Rest rest =
        openTo(
                address.toString(),
                "maxRetries",
                100,
                "retryBackoffMultiplier",
                1,
                "retrySleepTime",
                Duration.ofMillis(20))
            .facade(caller);
    CompletableFuture<RestResponse> sent =
        rest.request("POST").data("once").sendAsync().toCompletableFuture();
    try (Stub late = new Stub(address.getPort())) {
      assertThat(sent.join().ok()).isTrue();
      assertThat(late.seen).hasSize(1);
    }
  }

  @Test
  void retriesEndWithTheTimeOfTheCaller() {
    stub.answers(503, "text/plain", "");
    caller.nanosLeft = Duration.ofMillis(900).toNanos();
    RestResponse response = rest("maxRetries", 50, "retrySleepTime", Duration.ofSeconds(1)).get();
    assertThat(response.status()).isEqualTo(503);
    assertThat(stub.seen).hasSize(1);
  }

  @Test
  void anOpenCircuitSparesTheOtherSystem() {
    stub.answers(500, "text/plain", "");
    Rest rest =
        rest(
            "circuitBreaker",
            true,
            "circuitBreakerWindow",
            4,
            "circuitBreakerWait",
            Duration.ofMillis(100));
    for (int i = 0; i < 4; i++) {
      assertThat(rest.get().status()).isEqualTo(500);
    }
    ServiceException refused = failure(rest::get);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.details()).contains("rests for a while");
    assertThat(refused.retryAfterSeconds()).isEqualTo(1);
    assertThat(stub.seen).hasSize(4);
    stub.answers(200, "text/plain", "");
    await().ignoreExceptions().until(() -> rest.get().ok());
  }

  @Test
  void anOpenCircuitSaysHowLongItStaysOpen() {
    stub.answers(500, "text/plain", "");
    Rest rest =
        rest(
            "circuitBreaker",
            true,
            "circuitBreakerWindow",
            1,
            "circuitBreakerWait",
            Duration.ofHours(1));
    rest.get();
    ServiceException refused = failure(rest::get);
    assertThat(refused.retryAfterSeconds()).isBetween(2, 3600);
  }

  @Test
  void aClosedConnectionMayComeBack() {
    LiveConnection<OutgoingRest, Rest> connection = open();
    Rest rest = connection.facade(caller);
    opened.remove(connection);
    connection.close();
    ServiceException refused = failure(rest::get);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.retryAfterSeconds()).isEqualTo(1);
  }

  @Test
  void anEditUnderLoadFailsNoCall() throws Exception {
    LiveConnection<OutgoingRest, Rest> connection = open();
    AtomicBoolean end = new AtomicBoolean();
    List<CompletableFuture<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      workers.add(
          CompletableFuture.supplyAsync(
              () -> {
                int calls = 0;
                while (!end.get()) {
                  assertThat(connection.facade(new TestCaller()).get().ok()).isTrue();
                  calls++;
                }
                return calls;
              }));
    }
    for (int i = 1; i <= 30; i++) {
      int sent = stub.seen.size();
      connection.replace(
          Connections.to(
              stub.url(), "poolSize", i, "connectTimeout", Duration.ofSeconds(5 + i % 2)));
      await().until(() -> stub.seen.size() > sent + 10);
    }
    end.set(true);
    for (CompletableFuture<Integer> worker : workers) {
      assertThat(worker.get(20, TimeUnit.SECONDS)).isPositive();
    }
    await().until(() -> kind.clients() == 1);
  }

  @Test
  void aCallInFlightEndsAsItBeganWhateverBecomesOfItsConnection() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    stub.handler =
        exchange -> {
          try {
            until.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          Stub.answer(exchange, 200, "text/plain", "ok");
        };
    LiveConnection<OutgoingRest, Rest> connection = open();
    Rest rest = connection.facade(caller);
    CompletableFuture<RestResponse> inFlight =
        rest.request("GET").sendAsync().toCompletableFuture();
    await().until(() -> stub.inside.get() == 1);
    connection.close();
    opened.clear();
    assertThat(failure(rest::get).details()).isEqualTo("Connection crm is not open any more");
    until.countDown();
    assertThat(inFlight.get(10, TimeUnit.SECONDS).text()).isEqualTo("ok");
  }

  @Test
  void aPingSaysWhatWasAnswered() throws Exception {
    assertThat(open("urlPath", "/api/orders/{id}").ping())
        .isEqualTo("HEAD " + stub.url() + "/api/orders/ was answered 200");
    assertThat(stub.last().method()).isEqualTo("HEAD");
    stub.answers(405, "text/plain", "");
    assertThat(open("pingMethod", "get").ping()).endsWith("was answered 405");
    stub.answers(401, "text/plain", "");
    assertThatThrownBy(() -> open().ping()).hasMessageEndingWith("was answered 401");
    String away = nobody();
    assertThatThrownBy(() -> openTo(away).ping())
        .hasMessage("HEAD " + away + "/: the connection was refused");
  }

  /** The security definition key. */
  private static final class Shown implements SecurityDefinitions {

    volatile Map<String, String> headers;

    @Override
    public Authenticator authenticator(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Authenticator group(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DefinitionSet set(String name, Consumer<String> changed) {
      throw new UnsupportedOperationException();
    }

    @Override
    public OutgoingCredentials outgoing(String name) {
      return new OutgoingCredentials() {
        @Override
        public String name() {
          return name;
        }

        @Override
        public CompletableFuture<Map<String, String>> headers() {
          Map<String, String> now = headers;
          return now == null
              ? CompletableFuture.failedFuture(
                  new CredentialsException("security " + name + " is not active"))
              : CompletableFuture.completedFuture(now);
        }

        @Override
        public boolean refused(Map<String, String> shown) {
          return false;
        }

        @Override
        public ClientIdentity identity() {
          return null;
        }
      };
    }
  }
}
