package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Caches of a server: for services across their revisions, for callers, and for operators. */
@ExtendWith(ServerExtension.class)
class CacheIT {

  /** Puts and gets, by what its input says. */
  private static final String SERVICE =
      """
      package cached;

      import java.util.Map;
      import org.caravanserai.api.*;

      @ServiceName("cached.offers")
      public class Offers implements Service<Map<String, Object>, Object> {
        public record Offer(String item, int cents%s) {}

        @Override
        public Object handle(Map<String, Object> input, Context context) {
          Object name = input.get("cache");
          Cache cache = name == null ? context.cache() : context.cache(name.toString());
          String key = input.get("key").toString();
          return switch (input.get("do").toString()) {
            case "put" -> {
              cache.put(key, new Offer("tea", 250%s));
              yield "put";
            }
            case "get" -> String.valueOf(cache.get(key, Offer.class));
            case "keys" -> cache.keys(CacheKeys.byRegex(key));
            default -> cache.getOrCompute(key, Offer.class, () -> new Offer("computed", 1%s));
          };
        }
      }
      """;

  private static Client client;

  @BeforeAll
  static void deploy(Server server) {
    client = server.client();
    deploy(SERVICE.formatted("", "", ""));
  }

  @AfterAll
  static void takeAway() {
    client.send(client.api("/deployments/Offers").DELETE());
    client.send(client.api("/objects/cache/it.prices").DELETE());
    client.send(client.api("/objects/security/it.shop").DELETE());
  }

  @BeforeEach
  void makeCache() {
    put("cache/it.prices", "{\"max_size\":100}");
  }

  private static void deploy(String source) {
    HttpResponse<String> answer = client.deploy("Offers", source);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  private static void put(String object, String fields) {
    HttpResponse<String> answer =
        client.send(
            client
                .api("/objects/" + object)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(fields)));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    await()
        .untilAsserted(
            () ->
                assertThat(Client.json(client.apiGet("/objects/" + object)).path("state").asText())
                    .isEqualTo("open"));
  }

  private static HttpResponse<String> call(String what, String key, String cache) {
    String json =
        "{\"do\":\"%s\",\"key\":\"%s\",\"cache\":%s}"
            .formatted(what, key, cache == null ? "null" : "\"" + cache + "\"");
    return client.apiPost("/services/cached.offers/invoke", json);
  }

  private static JsonNode entry(String key) {
    return Client.json(client.apiGet("/caches/it.prices/entry?key=" + key));
  }

  private static HttpResponse<String> shop(String method, String path, String body) {
    return client.send(
        client
            .traffic(path)
            .header("Authorization", Client.basic("it.shop", "pw"))
            .method(method, BodyPublishers.ofString(body)));
  }

  @Test
  void whatARevisionPutIsReadByTheNextOne() {
    call("put", "next", "it.prices");
    assertThat(entry("next").path("value").toString())
        .isEqualTo("{\"item\":\"tea\",\"cents\":250}");

    deploy(SERVICE.formatted(", java.util.Optional<String> note", ", null", ", null"));
    assertThat(call("get", "next", "it.prices").body())
        .contains("Offer[item=tea, cents=250, note=Optional.empty]");
    deploy(SERVICE.formatted(", int stock", ", 3", ", 3"));
    assertThat(call("get", "next", "it.prices").body()).contains("null");
    assertThat(call("compute", "next", "it.prices").body())
        .isEqualTo("{\"item\":\"computed\",\"cents\":1,\"stock\":3}");
    deploy(SERVICE.formatted("", "", ""));
    assertThat(call("get", "next", "it.prices").body()).contains("Offer[item=computed, cents=1]");
  }

  @Test
  void anEditKeepsTheValuesAndATakenAwayCacheIsToldInWords() {
    call("put", "edited", "it.prices");
    put("cache/it.prices", "{\"max_size\":200,\"expiry\":60}");
    assertThat(entry("edited").path("version").asInt()).isEqualTo(1);

    client.send(client.api("/objects/cache/it.prices").DELETE());
    await()
        .untilAsserted(
            () -> {
              HttpResponse<String> answer = call("get", "edited", "it.prices");
              assertThat(answer.statusCode()).isEqualTo(404);
              assertThat(answer.body())
                  .contains("There is no cache it.prices, or it is not active");
            });
    put("cache/it.prices", "{}");
    assertThat(call("get", "edited", "it.prices").body()).contains("null");
  }

  @Test
  void oneIsThereWithoutBeingConfigured() {
    assertThat(call("put", "it.default", null).statusCode()).isEqualTo(200);
    assertThat(call("get", "it.default", "default").body()).contains("Offer[item=tea, cents=250]");
    HttpResponse<String> refused = call("keys", "(a", null);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("at character 3: missing closing )");
  }

  @Test
  void callersUseItByRest() {
    assertThat(shop("GET", "/cache/a?cache=it.prices", "").statusCode()).isEqualTo(404);
    put(
        "security/it.shop",
        "{\"type\":\"basic_auth\",\"username\":\"it.shop\",\"password\":\"pw\"}");
    put("cache/it.prices", "{\"security\":[\"it.shop\"]}");

    assertThat(shop("POST", "/cache/it/a?cache=it.prices", "{\"value\":7}").statusCode())
        .isEqualTo(200);
    assertThat(shop("GET", "/cache/it/a?cache=it.prices", "").body()).isEqualTo("{\"value\":7}");
    assertThat(shop("GET", "/cache/get/by-prefix/it/?cache=it.prices", "").body())
        .isEqualTo("{\"count\":1,\"values\":{\"it/a\":7}}");
    assertThat(shop("GET", "/cache/a", "").statusCode()).isEqualTo(403);
    assertThat(client.send(client.traffic("/cache/a")).statusCode()).isEqualTo(401);
    put("cache/it.prices", "{}");
    assertThat(shop("GET", "/cache/it/a?cache=it.prices", "").statusCode()).isEqualTo(404);
  }

  @Test
  void operatorsLookAfterIt() {
    String entry = "/caches/it.prices/entry?key=a/b";
    HttpResponse<String> put =
        client.send(
            client.api(entry + "&expiry=60").PUT(BodyPublishers.ofString("{\"item\":\"Tea\"}")));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(204);
    JsonNode page = Client.json(client.apiGet("/caches/it.prices/entries?q=tea&limit=1"));
    assertThat(page.path("total").asInt()).isEqualTo(1);
    assertThat(page.path("items").get(0).path("key").asText()).isEqualTo("a/b");
    assertThat(Client.json(client.apiGet(entry)).path("expirySeconds").asDouble()).isEqualTo(60);
    assertThat(client.apiGet("/caches?name=it.prices").body()).contains("\"size\":1");
    assertThat(client.apiPost("/caches/it.prices/clear", "").statusCode()).isEqualTo(422);
    assertThat(client.apiPost("/caches/it.prices/clear?confirm=it.prices", "").body())
        .isEqualTo("{\"deleted\":1}");
    assertThat(client.apiGet(entry).statusCode()).isEqualTo(404);
    assertThat(client.send(client.api(entry).DELETE()).statusCode()).isEqualTo(404);
    assertThat(client.apiGet("/caches/nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void metricsSayHowItIs(Server server) {
    HttpResponse<String> metrics =
        client.send(
            HttpRequest.newBuilder(server.management("/metrics"))
                .header("Authorization", Client.basic("admin", Server.PASSWORD)));
    assertThat(metrics.body())
        .contains("serai_cache_entries{cache=\"it.prices\"}")
        .contains("serai_cache_hits_total{cache=\"default\"}");
  }

  @Test
  void theShellDoesTheSame(Server server) {
    assertThat(server.run("bin/serai", "cache-put", "it.prices", "k", "{\"n\":1}").status())
        .isZero();
    assertThat(server.run("bin/serai", "cache-get", "it.prices", "k", "--json").output())
        .contains("\"value\":{\"n\":1}");
    assertThat(server.run("bin/serai", "cache-list").output()).contains("it.prices");
    assertThat(server.run("bin/serai", "cache-entries", "it.prices").output())
        .contains("{\"n\":1}");
    assertThat(server.run("bin/serai", "cache-delete", "it.prices", "k").output())
        .contains("1 deleted");
    assertThat(server.run("bin/serai", "cache-delete", "it.prices", "k").status()).isNotZero();
    assertThat(server.run("bin/serai", "cache-put", "it.prices", "k", "a text").status()).isZero();
    assertThat(server.run("bin/serai", "cache-clear", "--yes", "it.prices").output())
        .contains(" deleted");
    assertThat(server.run("bin/serai", "cache-entries", "it.prices").output())
        .contains("There is no such value");
  }
}
