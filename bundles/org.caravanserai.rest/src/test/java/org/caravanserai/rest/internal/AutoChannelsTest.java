package org.caravanserai.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The channels that services have by themselves. */
class AutoChannelsTest {

  private static RestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new RestServer(Map.of());
  }

  @AfterEach
  void clear() throws Exception {
    server.automatic.modified(RestServer.restSettings(Map.of()));
    server.clear();
    if (server.registry.slot("test.greet").current().isEmpty()) {
      server.deploy(Services.Greet.class);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.automatic.deactivate();
    server.stop();
  }

  private static void settings(Object... changes) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("auto__rest__channel__enabled", true);
    settings.put("openapi", true);
    for (int i = 0; i < changes.length; i += 2) {
      settings.put("auto__rest__channel__" + changes[i], changes[i + 1]);
    }
    server.automatic.modified(RestServer.restSettings(settings));
  }

  private static int status(String path) throws Exception {
    return server.get(path).statusCode();
  }

  @Test
  void thereAreNoneUnlessTheSettingsSaySo() throws Exception {
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(404);
    settings("enabled", false, "is__public", true);
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(404);
  }

  @Test
  void whoMayCallMustBeSaid() throws Exception {
    settings();
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(404);
    settings("is__public", true, "security", "basic");
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(404);
    settings("is__public", true);
    assertThat(server.get("/api/test/greet?name=Ada").body()).contains("Hello, Ada");
    assertThat(server.post("/api/test/greet", "{\"name\":\"Eve\"}").body()).contains("Hello, Eve");
  }

  @Test
  void nobodyIsLetInUntilTheSecurityDefinitionIsThere() throws Exception {
    settings("security", "basic", "groups", "partners; others");
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(401);

    server.secure("basic", "BASIC_AUTH", "ada", "secret");
    server.secure("key", "APIKEY", "ada", "k-123");
    server.group("partners", "key");
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(401);
    HttpResponse<String> known =
        server.send(server.request("/api/test/greet?name=Ada").header("X-API-Key", "k-123"));
    assertThat(known.body()).contains("Hello, Ada");
  }

  @Test
  void aChannelComesAndGoesWithItsService() throws Exception {
    server.undeploy("test.greet");
    settings("is__public", true);
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(404);

    server.deploy(Services.Greet.class);
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(200);
    assertThat(server.get("/openapi.json").body()).contains("/api/test/greet", "auto/test.greet");
    server.undeploy("test.greet");
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(404);
    assertThat(server.get("/openapi.json").body()).doesNotContain("/api/test/greet\"");
    await().until(() -> server.camel().context().getRoute("channel_rest/auto/test.greet") == null);
  }

  @Test
  void theEntrancesOfRoutesAreNoServices() {
    AutoRules all =
        new AutoRules(
            "/api/", List.of(Pattern.compile(".*")), List.of(), Optional.empty(), List.of());

    assertThat(all.channel("test.greet")).isPresent();
    assertThat(all.channel("orders#/greet")).isEmpty();
  }

  @Test
  void aNewRevisionKeepsTheChannelAndLosesNoRequest() throws Exception {
    settings("is__public", true, "include", "test.greet");
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    CompletableFuture<Integer> failed =
        CompletableFuture.supplyAsync(
            () -> {
              int failures = 0;
              while (!stop.get()) {
                try {
                  failures += status("/api/test/greet?name=Ada") == 200 ? 0 : 1;
                } catch (Exception e) {
                  failures++;
                }
                answered.incrementAndGet();
              }
              return failures;
            });
    for (int i = 0; i < 50; i++) {
      int before = answered.get();
      server.deploy(Services.Greet.class);
      await().until(() -> answered.get() > before);
    }
    // A configured channel takes the path over in one step.
    server.open(RestServer.channel("greet", "test.greet", "/api/test/greet"));
    int before = answered.get();
    await().until(() -> answered.get() > before + 10);
    stop.set(true);

    assertThat(failed.get()).isZero();
  }

  @Test
  void aConfiguredChannelGoesFirst() throws Exception {
    settings("is__public", true);
    LiveObject<RestChannel> explicit =
        server.open(
            RestServer.channel("z", "test.map", "/api/test/greet", "method", List.of("POST")));

    assertThat(server.post("/api/test/greet", "{}").body()).contains("\"channel\":\"z\"");
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(405);
    assertThat(server.get("/openapi.json").body()).doesNotContain("auto/test.greet.");
    explicit.close();
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(200);
  }

  @Test
  void namesSayWhichServicesHaveOne() throws Exception {
    settings(
        "is__public", true, "prefix", "v1/own", "include", "test.gr*, x.{y}", "exclude", "*-*");

    assertThat(status("/v1/own/test/greet?name=Ada")).isEqualTo(200);
    assertThat(status("/v1/own/test/greet-again?name=Ada")).isEqualTo(404);
    assertThat(status("/v1/own/test/map")).isEqualTo(404);
    settings("is__public", true, "include", "test.{any}", "exclude", "test.gre");
    assertThat(status("/v1/own/test/greet?name=Ada")).isEqualTo(404);
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(200);
    settings("is__public", true, "include", "{any}, test.gree, testXgreet, [a-z.]+");
    assertThat(status("/api/test/greet?name=Ada")).isEqualTo(404);
  }

  @Test
  void settingsThatMakeNoSenseOpenNothing() throws Exception {
    for (String prefix : List.of("/health", "/a//b", "/{x}", "/a b")) {
      settings("is__public", true, "prefix", prefix);
      assertThat(server.get("/openapi.json").body()).as(prefix).doesNotContain("auto/");
    }
  }

  @Test
  void noConfiguredChannelMayHaveSuchAName() {
    assertThatThrownBy(() -> server.open(RestServer.channel("auto/test.x", "test.map", "/x")))
        .isInstanceOf(InvalidObjectException.class)
        .hasMessageContaining("auto/");
  }

  @Test
  void itIsLikeAChannelThatSaysNothingElse() {
    RestChannel automatic =
        RestChannel.automatic("a.b", "/api/a/b", Optional.of("key"), List.of("partners"));

    assertThat(automatic)
        .isEqualTo(
            RestServer.make(
                RestChannel.class,
                Map.of(
                    "name", "auto/a.b",
                    "service", automatic.service(),
                    "urlPath", "/api/a/b",
                    "security", Optional.of("key"),
                    "groups", List.of("partners"))));
  }
}
