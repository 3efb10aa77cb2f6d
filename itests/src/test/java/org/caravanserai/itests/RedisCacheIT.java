package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.caravanserai.cache.redis.Redis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two servers whose cache is in one Redis, which goes away and comes back. */
class RedisCacheIT {

  private static final String CONFIGURATION =
      """
      security:
        - {name: shop, type: basic_auth, username: shop, password: shop}
      cache:
        - name: prices
          security: [shop]
          redis: {url: "%s", password: sesame, timeout: 1}
      """;

  private static final String SERVICE =
      Sources.service(
          "prices.get",
          "String",
          "String",
          """
          Object price = context.cache("prices").get(input);
          return String.valueOf(price);
          """);

  private static Redis redis;
  private static Server one;
  private static Server two;

  @BeforeAll
  static void start() {
    redis = new Redis("--requirepass", "sesame");
    one = Server.start();
    two = Server.start();
    for (Server server : new Server[] {one, two}) {
      HttpResponse<String> imported =
          server
              .client()
              .send(
                  server
                      .client()
                      .api("/config/import")
                      .POST(BodyPublishers.ofString(CONFIGURATION.formatted(redis.url()))));
      assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
      assertThat(server.client().deploy("Prices", SERVICE).statusCode()).isEqualTo(201);
      awaitOpen(server);
    }
  }

  @AfterAll
  static void stop() {
    for (Server server : new Server[] {one, two}) {
      if (server != null) {
        server.close();
      }
    }
    redis.close();
  }

  private static void awaitOpen(Server server) {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        Client.json(server.client().apiGet("/objects/cache/prices"))
                            .path("state")
                            .asText())
                    .isEqualTo("open"));
  }

  private static HttpResponse<String> shop(Server server, String method, String key, String body) {
    return server
        .client()
        .send(
            server
                .client()
                .traffic("/cache/" + key + "?cache=prices")
                .header("Authorization", Client.basic("shop", "shop"))
                .method(method, BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> ask(Server server, String key) {
    return server.client().apiPost("/services/prices.get/invoke", key);
  }

  private static JsonNode status(Server server) {
    return Client.json(server.client().apiGet("/caches/prices"));
  }

  @Test
  void serversShareWhatIsPutAndLiveOnWithoutTheirRedis() {
    assertThat(shop(one, "POST", "tea", "{\"value\":{\"cents\":250}}").statusCode()).isEqualTo(200);
    assertThat(shop(two, "GET", "tea", "").body()).isEqualTo("{\"value\":{\"cents\":250}}");
    assertThat(ask(two, "tea").body()).contains("cents=250");
    one.restart();
    awaitOpen(one);
    assertThat(ask(one, "tea").body()).contains("cents=250");
    assertThat(status(one).path("size").asInt()).isEqualTo(1);
    assertThat(one.client().apiGet("/caches/prices/entries?q=250").body())
        .contains("\"total\":1", "\"version\":1");
    assertThat(one.run("bin/serai", "cache-list").output()).contains("prices");
    assertThat(one.client().apiGet("/config/export").body()).doesNotContain("sesame");

    redis.stop();
    assertThat(shop(one, "GET", "tea", "").statusCode()).isEqualTo(502);
    HttpResponse<String> away = ask(one, "tea");
    assertThat(away.statusCode()).isEqualTo(502);
    assertThat(away.body()).contains("The Redis of the cache prices can't be reached");
    assertThat(status(one).path("problem").asText()).contains("can't be reached");
    assertThat(one.client().isReady()).isTrue();

    redis.start();
    assertThat(shop(one, "POST", "tea", "{\"value\":1}").statusCode()).isEqualTo(200);
    assertThat(ask(two, "tea").body()).contains("1");
    assertThat(status(one).has("problem")).isFalse();
    assertThat(one.log()).contains("The Redis of the cache prices answers again");
  }
}
