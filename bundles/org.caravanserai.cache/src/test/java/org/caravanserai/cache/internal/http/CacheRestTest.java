package org.caravanserai.cache.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.caravanserai.api.Cache;
import org.caravanserai.cache.internal.CacheServer;
import org.caravanserai.cache.internal.CacheServer.Answer;
import org.caravanserai.cache.internal.JsonCaller;
import org.caravanserai.cache.internal.kind.CacheObject;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes.Registration;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Caches by REST, as callers see them. */
class CacheRestTest {

  private static CacheServer server;
  private LiveObject<CacheObject> live;

  @BeforeAll
  static void start() throws Exception {
    server = new CacheServer(Map.of("rest__max__size", "100KB"));
    server.user("ann");
    server.user("bob");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    live = server.cache("default", "ann");
  }

  @AfterEach
  void close() {
    live.close();
  }

  private static Answer ann(String method, String path, String body) throws Exception {
    return server.call("ann", method, path, body);
  }

  private static Answer ok(String method, String path, String body) throws Exception {
    Answer answer = ann(method, path, body);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer;
  }

  private static Cache cache() {
    return server.caches.usual(new JsonCaller());
  }

  @Test
  void aValueIsSetReadAndDeleted() throws Exception {
    assertThat(ok("POST", "/cache/a", "{\"value\":{\"n\":1}}").json().path("key").asText())
        .isEqualTo("a");
    assertThat(ok("GET", "/cache/a", "").json().path("value").path("n").asInt()).isEqualTo(1);
    assertThat(cache().get("a")).isEqualTo(Map.of("n", 1));
    Answer set = ok("POST", "/cache/a", "{\"value\":\"two\",\"return_prev\":true}");
    assertThat(set.json().path("prev_value").path("n").asInt()).isEqualTo(1);
    assertThat(cache().get("a")).isEqualTo("two");
    Answer deleted = ok("DELETE", "/cache/a?return_prev=true", "");
    assertThat(deleted.json().path("prev_value").asText()).isEqualTo("two");

    for (String method : List.of("GET", "DELETE")) {
      Answer answer = ann(method, "/cache/a", "");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.details()).isEqualTo("there is no a in the cache default");
      assertThat(answer.json().path("result").asText()).isEqualTo("Error");
    }
  }

  @Test
  void whatServicesPutIsJson() throws Exception {
    cache().put("text", "x");
    cache().put("bytes", new byte[] {1, 2, 3});
    cache().put("time", Duration.ofMinutes(5));
    cache().put("tree", Map.of("list", List.of(1, true)));

    assertThat(ok("GET", "/cache/text", "").json().path("value").asText()).isEqualTo("x");
    assertThat(ok("GET", "/cache/bytes", "").json().path("value").asText()).isEqualTo("AQID");
    assertThat(ok("GET", "/cache/time", "").json().path("value").asText()).isEqualTo("PT5M");
    assertThat(ok("GET", "/cache/tree", "").json().path("value").toString())
        .isEqualTo("{\"list\":[1,true]}");
  }

  @Test
  void keysHaveSlashesAndAnythingElse() throws Exception {
    ok("POST", "/cache/a/b/c%20%C3%A4", "{\"value\":1}");
    assertThat(cache().contains("a/b/c ä")).isTrue();
    assertThat(ok("GET", "/cache/a/b/c%20%C3%A4", "").json().path("value").asInt()).isEqualTo(1);
  }

  @Test
  void detailsAreToldUnderZatosNames() throws Exception {
    ok("POST", "/cache/a", "{\"value\":1,\"expiry\":60}");
    ok("GET", "/cache/a", "");
    Answer answer = ok("GET", "/cache/a?details=true", "");

    assertThat(answer.json().path("key").asText()).isEqualTo("a");
    assertThat(answer.json().path("version").asInt()).isEqualTo(1);
    assertThat(answer.json().path("hits").asInt()).isEqualTo(2);
    assertThat(answer.json().path("expiry").asDouble()).isEqualTo(60);
    for (String name : List.of("last_read", "prev_read", "last_write", "expires_at")) {
      assertThat(answer.json().path(name).asText()).as(name).startsWith("20");
    }
    assertThat(answer.json().has("prev_write")).isFalse();
  }

  @Test
  void aValueExpires() throws Exception {
    ok("POST", "/cache/a", "{\"value\":1,\"expiry\":0.5}");
    ok("PUT", "/cache/b?expiry=100", "{\"value\":1}");
    server.clock.turn(Duration.ofSeconds(1));

    assertThat(ann("GET", "/cache/a", "").status()).isEqualTo(404);
    ok("GET", "/cache/b", "");
  }

  @ParameterizedTest
  @CsvSource({
    "by-prefix/order., 2",
    "by-suffix/.1, 2",
    "by-regex?data=%5Eorder%5C.%5B0-9%5D%24, 2",
    "contains/rice, 1",
    "not-contains/rice, 2",
    "contains-all?data=or&data=1, 1",
    "contains-any?data=rice&data=2, 2"
  })
  void manyAreReadChangedExpiredAndDeleted(String keys, int count) throws Exception {
    for (String key : List.of("order.1", "order.2", "price.1")) {
      cache().put(key, key);
    }
    Answer read = ok("GET", "/cache/get/" + keys, "");
    assertThat(read.json().path("count").asInt()).isEqualTo(count);
    assertThat(read.json().path("values")).hasSize(count);
    read.json()
        .path("values")
        .properties()
        .forEach(each -> assertThat(each.getValue().asText()).isEqualTo(each.getKey()));
    assertThat(ok("POST", "/cache/set/" + keys, "{\"value\":[7]}").json().path("count").asInt())
        .isEqualTo(count);
    assertThat(ok("GET", "/cache/get/" + keys, "").json().path("values").iterator().next().get(0))
        .hasToString("7");
    assertThat(ok("POST", "/cache/expire/" + keys, "{\"expiry\":9}").json().path("count").asInt())
        .isEqualTo(count);
    assertThat(ok("DELETE", "/cache/delete/" + keys, "").json().path("count").asInt())
        .isEqualTo(count);
    assertThat(cache().keys(org.caravanserai.api.CacheKeys.all())).hasSize(3 - count);
  }

  @Test
  void textsMayBeInTheBody() throws Exception {
    cache().put("order.1", 1);
    cache().put("order.2", 1);

    Answer answer = ok("POST", "/cache/get/contains-all", "{\"data\":[\"ord\",\"2\"]}");
    assertThat(answer.json().path("values").has("order.2")).isTrue();
    Answer detailed = ok("GET", "/cache/get/by-prefix/order?details=true", "");
    assertThat(detailed.json().path("values").path("order.1").path("version").asInt()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /cache/a                     | {}                           | value: missing",
        "POST | /cache/a                     | {\"value\":null}             | value: missing",
        "POST | /cache/a                     | [1]                          | expected a JSON object",
        "POST | /cache/a                     | {\"value\":                  | malformed JSON at line 1",
        "POST | /cache/a                     | {\"value\":1,\"expiry\":-1}  | expiry: expected",
        "POST | /cache/a                     | {\"value\":1,\"expiry\":\"x\"}| expiry: expected",
        "POST | /cache/a                     | {\"value\":1,\"expiry\":1e11}| expiry: expected",
        "POST | /cache/a                     | {\"value\":1,\"cache\":1}    | cache: expected a text",
        "POST | /cache/a?return_prev=perhaps | {\"value\":1}                | return_prev: expected",
        "GET  | /cache/get/by-regex/a%5B     | ''                           | at character 2: missing closing ]",
        "GET  | /cache/get/contains-all      | ''                           | data: expected a list",
        "POST | /cache/get/contains-any      | {\"data\":[1]}               | data: expected a list",
        "POST | /cache/get/by-prefix         | {\"data\":[\"a\",\"b\"]}     | data: expected one text",
        "POST | /cache/expire/by-prefix/a    | {}                           | expiry: missing",
        "POST | /cache/expire/by-prefix/a    | {\"expiry\":-5}              | expiry: expected"
      })
  void badInputIsTold(String method, String path, String body, String words) throws Exception {
    Answer answer = ann(method, path.strip(), body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.details()).contains(words);
  }

  @Test
  void limitsAreTold() throws Exception {
    Answer large = ann("POST", "/cache/a", "{\"value\":\"" + "v".repeat(10_001) + "\"}");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.details()).contains("max_item_size is 10000");
    assertThat(ann("POST", "/cache/a", " ".repeat(200_000)).status()).isEqualTo(413);
    assertThat(ann("POST", "/cache/" + "k".repeat(1001), "{\"value\":1}").status()).isEqualTo(400);
    for (int i = 0; i < 20; i++) {
      cache().put("k" + i, "v".repeat(9_000));
    }
    Answer many = ann("GET", "/cache/get/by-prefix/k", "");
    assertThat(many.status()).isEqualTo(400);
    assertThat(many.details()).contains("choose fewer keys");
  }

  @Test
  void whoIsNotAllowedIsTurnedAwayWhetherThereIsTheCacheOrNot() throws Exception {
    LiveObject<CacheObject> prices = server.cache("prices", "bob");
    assertThat(server.call("eve", "GET", "/cache/a", "").status()).isEqualTo(401);
    for (String cache : List.of("prices", "nowhere")) {
      Answer answer = ann("GET", "/cache/a?cache=" + cache, "");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.details()).isEqualTo("you may not use the cache " + cache);
    }
    assertThat(server.call("bob", "PUT", "/cache/a?cache=prices", "{\"value\":1}").status())
        .isEqualTo(200);
    assertThat(server.caches.named("prices", new JsonCaller()).get("a")).isEqualTo(1);
    assertThat(cache().get("a")).isNull();

    live.replace(CacheServer.object("default", "bob"));
    assertThat(server.call("bob", "POST", "/cache/b", "{\"value\":1}").status()).isEqualTo(200);
    assertThat(ann("GET", "/cache/b", "").status()).isEqualTo(401);
    prices.close();
  }

  @Test
  void pathsAreTakenWhileACacheLetsSomebodyIn() throws Exception {
    live.replace(CacheServer.object("default"));
    assertThat(ann("GET", "/cache/a", "").status()).isEqualTo(404);
    TrafficRoute channel =
        new TrafficRoute(
            "channel_rest",
            "own",
            PathTemplate.parse("/cache/{key}", true),
            Set.of("GET"),
            exchange -> exchange.answer(200, "application/json", new byte[] {'1'}, () -> {}));
    try (Registration own = server.traffic.add(channel)) {
      assertThat(own).isNotNull();
      assertThatThrownBy(() -> live.replace(CacheServer.object("default", "ann")))
          .isInstanceOf(RouteConflictException.class)
          .hasMessageContaining("channel_rest own");
      assertThat(ann("GET", "/cache/a", "").http().body()).isEqualTo("1");
    }
    live.replace(CacheServer.object("default", "ann"));
    ok("POST", "/cache/a", "{\"value\":1}");
    live.close();
    assertThat(ann("GET", "/cache/a", "").status()).isEqualTo(404);
  }
}
