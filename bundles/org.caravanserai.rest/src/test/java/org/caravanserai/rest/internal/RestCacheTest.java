package org.caravanserai.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.caravanserai.rest.internal.cache.CachePolicy;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are kept and shared. */
class RestCacheTest {

  private static RestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new RestServer(Map.of("threads", 4, "queue", 4));
  }

  @BeforeEach
  void prepare() {
    Services.gate = new Semaphore(0);
    Services.calls.set(0);
  }

  @AfterEach
  void clear() {
    Services.gate.release(1000);
    server.clear();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  /** A policy that keeps all it may, but for what is given. */
  private static CachePolicy policy(Object... changes) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("shared", false);
    fields.put("vary", List.of());
    fields.put("ignored", List.of());
    fields.put("body", false);
    fields.put("size", 1_000_000);
    fields.put("second", false);
    fields.put("etag", false);
    fields.put("coalesce", Duration.ofSeconds(15));
    for (int i = 0; i < changes.length; i += 2) {
      assertThat(fields.put((String) changes[i], changes[i + 1])).isNotNull();
    }
    return new CachePolicy(
        true,
        5,
        CachePolicy.Unit.MINUTES,
        (boolean) fields.get("shared"),
        names(fields.get("vary")),
        names(fields.get("ignored")),
        (boolean) fields.get("body"),
        (int) fields.get("size"),
        (boolean) fields.get("second"),
        (boolean) fields.get("etag"),
        (Duration) fields.get("coalesce"));
  }

  private static List<String> names(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  private static LiveObject<RestChannel> open(CachePolicy policy, Object... more) throws Exception {
    return server.open(channel(policy, more));
  }

  private static RestChannel channel(CachePolicy policy, Object... more) {
    List<Object> changes = new ArrayList<>(List.of(more));
    changes.addAll(List.of("responseCache", Optional.of(policy), "dataFormat", DataFormat.RAW));
    return RestServer.channel("cached", "test.count", "/c", changes.toArray());
  }

  private static String cache(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Serai-Cache").orElse("none") + " " + answer.body();
  }

  private static String get(String path, String... headers) throws Exception {
    var request = server.request(path);
    return cache(server.send(headers.length == 0 ? request : request.headers(headers)));
  }

  private static CompletableFuture<String> begin(String path) {
    return server
        .client()
        .sendAsync(server.request(path).build(), BodyHandlers.ofString())
        .thenApply(RestCacheTest::cache);
  }

  @Test
  void anAnswerIsKeptForItsTime() throws Exception {
    open(policy());

    assertThat(get("/c?header=X-A:1")).isEqualTo("miss call 1");
    server.later.addAndGet(Duration.ofSeconds(100).toNanos());
    HttpResponse<String> hit = server.get("/c?header=X-A:1");
    assertThat(cache(hit)).isEqualTo("hit call 1");
    assertThat(Long.parseLong(hit.headers().firstValue("Age").orElseThrow())).isBetween(100L, 200L);
    assertThat(hit.headers().firstValue("X-A")).contains("1");
    assertThat(hit.headers().firstValue("X-Serai-CID")).isPresent();
    server.later.addAndGet(Duration.ofSeconds(201).toNanos());
    assertThat(get("/c?header=X-A:1")).isEqualTo("miss call 2");
  }

  @Test
  void aChannelWithoutACacheSaysNothingOfIt() throws Exception {
    server.open("test.count", "/c", "dataFormat", DataFormat.RAW);

    assertThat(get("/c")).isEqualTo("none call 1");
    assertThat(get("/c")).isEqualTo("none call 2");
  }

  @Test
  void theKeyIsThePathAndTheQueryInAnyOrder() throws Exception {
    open(policy("ignored", List.of("utm")));

    assertThat(get("/c?a=1&b=2")).isEqualTo("miss call 1");
    assertThat(get("/c?b=2&a=1&utm=x")).isEqualTo("hit call 1");
    assertThat(get("/c?a=2&b=1")).isEqualTo("miss call 2");
    assertThat(get("/c?a=1&a=2")).isEqualTo("miss call 3");
    assertThat(get("/c?a=1a=2")).isEqualTo("miss call 4");
  }

  @Test
  void headRequestsAreAnsweredFromWhatIsKept() throws Exception {
    open(policy());
    get("/c");

    HttpResponse<String> head =
        server.send(server.request("/c").method("HEAD", BodyPublishers.noBody()));

    assertThat(cache(head)).isEqualTo("hit ");
    assertThat(head.headers().firstValue("Content-Length")).contains("6");
    assertThat(Services.calls).hasValue(1);
  }

  @Test
  void onlyWhatIsAskedForTwiceIsKept() throws Exception {
    open(policy("second", true));

    assertThat(get("/c")).isEqualTo("miss call 1");
    assertThat(server.caches.size()).isZero();
    assertThat(get("/c")).isEqualTo("miss call 2");
    assertThat(get("/c")).isEqualTo("hit call 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "header=Set-Cookie:a%3Db",
        "header=cache-control:No-Store",
        "header=Cache-Control:private,max-age%3D1",
        "header=Vary:X-Other",
        "stream=1",
        "status=202",
        "size=2000",
      })
  void whatIsForOneCallerIsNotKept(String query) throws Exception {
    open(policy("size", 1000));

    server.get("/c?" + query);
    server.get("/c?" + query);

    assertThat(Services.calls).hasValue(2);
    assertThat(server.caches.size()).isZero();
  }

  @Test
  void errorsAreNotKept() throws Exception {
    open(policy());

    assertThat(server.get("/c?fail=1").statusCode()).isEqualTo(422);
    assertThat(get("/c?fail=1")).isEqualTo("miss call 2");
    assertThat(get("/c?fail=1")).isEqualTo("hit call 2");
  }

  @Test
  void answersMayDependOnHeaders() throws Exception {
    open(policy("vary", List.of("Accept-Language")));

    assertThat(get("/c?header=Vary:accept-language", "Accept-Language", "de"))
        .isEqualTo("miss call 1");
    assertThat(get("/c?header=Vary:accept-language", "Accept-Language", "fr"))
        .isEqualTo("miss call 2");
    assertThat(get("/c?header=Vary:accept-language", "accept-language", "de"))
        .isEqualTo("hit call 1");
    assertThat(get("/c?header=Vary:accept-language")).isEqualTo("miss call 3");
  }

  @Test
  void requestsWithABodyAreKeptByItIfWanted() throws Exception {
    LiveObject<RestChannel> channel = open(policy());
    assertThat(cache(server.post("/c", "{}"))).isEqualTo("none call 1");
    assertThat(cache(server.post("/c", "{}"))).isEqualTo("none call 2");

    channel.replace(channel(policy("body", true)));
    assertThat(cache(server.post("/c", "{\"a\":1}"))).isEqualTo("miss call 3");
    assertThat(cache(server.post("/c", "{\"a\":1}"))).isEqualTo("hit call 3");
    assertThat(cache(server.post("/c", "{\"a\":2}"))).isEqualTo("miss call 4");
    assertThat(get("/c")).isEqualTo("miss call 5");
  }

  @Test
  void callersWithDifferentCredentialsShareNothing() throws Exception {
    server.secure("key", "APIKEY", "ada", "k-1");
    server.open(
        RestServer.channel(
            "one",
            "test.count",
            "/s",
            "dataFormat",
            DataFormat.RAW,
            "security",
            Optional.of("key"),
            "responseCache",
            Optional.of(policy())));
    open(policy());

    assertThat(get("/s", "X-API-Key", "k-1")).isEqualTo("miss call 1");
    assertThat(get("/s", "X-API-Key", "k-1")).isEqualTo("hit call 1");
    assertThat(server.get("/s").statusCode()).isEqualTo(401);
    Services.calls.set(10);
    assertThat(get("/s", "X-API-Key", "k-1", "Authorization", "Bearer a"))
        .isEqualTo("miss call 11");
    assertThat(get("/s", "X-API-Key", "k-1", "Authorization", "Bearer b"))
        .isEqualTo("miss call 12");
    assertThat(get("/s", "X-API-Key", "k-1", "Cookie", "a=b")).isEqualTo("miss call 13");
    assertThat(get("/s", "X-API-Key", "k-1", "Authorization", "Bearer a")).isEqualTo("hit call 11");
    Services.calls.set(1);
    assertThat(get("/c", "Authorization", "Bearer a")).isEqualTo("none call 2");
    assertThat(get("/c", "Authorization", "Bearer a")).isEqualTo("none call 3");
    assertThat(get("/c", "Cookie", "a=b")).isEqualTo("none call 4");
    assertThat(get("/c")).isEqualTo("miss call 5");
  }

  @Test
  void callersShareIfTheChannelSaysSo() throws Exception {
    open(policy("shared", true));

    assertThat(get("/c", "Authorization", "Bearer a")).isEqualTo("miss call 1");
    assertThat(get("/c", "Authorization", "Bearer b")).isEqualTo("hit call 1");
  }

  @Test
  void whoHasTheAnswerGets304() throws Exception {
    open(policy("etag", true));

    HttpResponse<String> first = server.get("/c");
    String etag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(etag).startsWith("W/\"");
    for (String held : List.of(etag, etag.substring(2), "\"x\", " + etag, "*")) {
      HttpResponse<String> again = server.send(server.request("/c").header("If-None-Match", held));
      assertThat(again.statusCode()).as(held).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).contains(etag);
    }
    for (String other : List.of("\"x\"", etag.replace("W/\"", "W/\"x"), etag + "x")) {
      assertThat(server.send(server.request("/c").header("If-None-Match", other)).statusCode())
          .isEqualTo(200);
    }
    HttpResponse<String> unseen =
        server.send(server.request("/c?size=6").header("If-None-Match", etag));
    assertThat(unseen.statusCode()).isEqualTo(200);
  }

  @Test
  void aServicesOwnTagStays() throws Exception {
    open(policy("etag", true));

    assertThat(server.get("/c?header=ETag:%22v1%22").headers().allValues("ETag"))
        .containsExactly("\"v1\"");
  }

  @Test
  void aChangeOfTheServiceOrTheChannelEmptiesIt() throws Exception {
    LiveObject<RestChannel> channel = open(policy());
    get("/c");
    assertThat(get("/c")).isEqualTo("hit call 1");

    server.deploy(Services.Count.class);
    assertThat(get("/c")).isEqualTo("miss call 2");
    assertThat(get("/c")).isEqualTo("hit call 2");
    channel.replace(channel(policy(), "timeout", Duration.ofSeconds(9)));
    assertThat(get("/c")).isEqualTo("miss call 3");
    assertThat(server.caches.run("cached").orElseThrow()).contains("cached");
    assertThat(get("/c")).isEqualTo("miss call 4");
    assertThat(get("/c")).isEqualTo("hit call 4");
    channel.close();
    await().until(() -> server.caches.size() == 0);
    assertThat(server.caches.run("cached")).isEmpty();
  }

  @Test
  void allChannelsTogetherKeepNoMoreThanTheBound() throws Exception {
    open(policy());

    for (int i = 0; i < 50; i++) {
      server.get("/c?size=20000&i=" + i);
    }

    assertThat(server.caches.size()).isBetween(1L, 10L);
    server.get("/c?size=300000");
    assertThat(server.caches.size()).isLessThan(11L);
    server.caches.modified(RestServer.restSettings(false));
    for (int i = 0; i < 50; i++) {
      server.get("/c?size=20000&i=" + i);
    }
    assertThat(server.caches.size()).isGreaterThanOrEqualTo(50);
  }

  @Test
  void whoAsksTheSameAtATimeSharesOneCallAndHoldsNoThread() throws Exception {
    open(policy("second", true));
    List<CompletableFuture<String>> all = new ArrayList<>();
    all.add(begin("/c?wait=1"));
    await().until(() -> Services.gate.getQueueLength() == 1);
    // More than the service's share of threads and queue: each would be 503 on its own.
    for (int i = 0; i < 20; i++) {
      all.add(begin("/c?wait=1"));
    }
    await().until(() -> server.caches.waiting() == 20);
    server.open("test.greet", "/greet");
    assertThat(server.get("/greet?name=Ada").statusCode()).isEqualTo(200);
    Services.gate.release(1);

    assertThat(all.get(0).join()).isEqualTo("miss call 1");
    assertThat(all.subList(1, 21)).allMatch(each -> each.join().equals("coalesced call 1"));
    assertThat(get("/c?wait=1")).isEqualTo("hit call 1");
    assertThat(server.caches.waiting()).isZero();
  }

  @Test
  void aFailingCallLetsTheNextOneTry() throws Exception {
    open(policy());
    CompletableFuture<HttpResponse<String>> first =
        server
            .client()
            .sendAsync(server.request("/c?wait=1&fail=1").build(), BodyHandlers.ofString());
    await().until(() -> Services.gate.getQueueLength() == 1);
    CompletableFuture<String> second = begin("/c?wait=1&fail=1");
    CompletableFuture<String> third = begin("/c?wait=1&fail=1");
    await().until(() -> server.caches.waiting() == 2);
    Services.gate.release(2);

    assertThat(first.join().statusCode()).isEqualTo(422);
    assertThat(List.of(second.join(), third.join()))
        .containsExactlyInAnyOrder("miss call 2", "coalesced call 2");
  }

  @Test
  void aCallWhoseTimeIsUpLetsTheNextOneTry() throws Exception {
    open(policy(), "timeout", Duration.ofMillis(300));
    CompletableFuture<HttpResponse<String>> first =
        server.client().sendAsync(server.request("/c?wait=1").build(), BodyHandlers.ofString());
    await().until(() -> Services.gate.getQueueLength() == 1);

    assertThat(first.join().statusCode()).isEqualTo(504);
    Services.gate.release(10);
    await().until(() -> get("/c?wait=1").startsWith("hit"));
  }

  @Test
  void nobodyWaitsLongerThanTheChannelSays() throws Exception {
    open(policy("coalesce", Duration.ofMillis(50)));
    CompletableFuture<String> first = begin("/c?wait=1");
    await().until(() -> Services.gate.getQueueLength() == 1);
    CompletableFuture<String> second = begin("/c?wait=1");

    await().until(() -> Services.gate.getQueueLength() == 2);
    Services.gate.release(2);
    assertThat(first.join()).startsWith("miss call");
    assertThat(second.join()).startsWith("none call");
  }

  @Test
  void anAnswerThatIsForOneLetsAllOthersCall() throws Exception {
    open(policy());
    CompletableFuture<String> first = begin("/c?wait=1&header=Set-Cookie:a");
    await().until(() -> Services.gate.getQueueLength() == 1);
    CompletableFuture<String> second = begin("/c?wait=1&header=Set-Cookie:a");
    CompletableFuture<String> third = begin("/c?wait=1&header=Set-Cookie:a");
    await().until(() -> server.caches.waiting() == 2);
    Services.gate.release(3);

    assertThat(List.of(first.join(), second.join(), third.join()))
        .extracting(answer -> answer.substring(answer.indexOf("call")))
        .containsExactlyInAnyOrder("call 1", "call 2", "call 3");
  }

  @Test
  void nobodyWaitsForOthersIfTheChannelSaysSo() throws Exception {
    open(policy("coalesce", Duration.ZERO));
    CompletableFuture<String> first = begin("/c?wait=1");
    CompletableFuture<String> second = begin("/c?wait=1");

    await().until(() -> Services.gate.getQueueLength() == 2);
    Services.gate.release(2);
    assertThat(first.join()).startsWith("miss");
    assertThat(second.join()).startsWith("miss");
  }
}
