package org.caravanserai.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.security.RateRule;
import org.caravanserai.security.TimeRange;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who gets through to a channel, and how often. */
class GateTest {

  private static RestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new RestServer(Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @AfterEach
  void clear() {
    server.clear();
  }

  /** So many a month, so that no month's end can come between. */
  private static RateRule perMonth(long limit, String... addresses) {
    return rule(
        range(Optional.of(limit), false), addresses.length == 0 ? "0.0.0.0/0" : addresses[0]);
  }

  private static RateRule rule(TimeRange range, String address) {
    return new RateRule(List.of(address), List.of(range));
  }

  private static TimeRange range(Optional<Long> limit, boolean disallowed) {
    return new TimeRange(
        Optional.of(true),
        Optional.empty(),
        Optional.empty(),
        limit,
        TimeRange.Unit.MONTH,
        Optional.empty(),
        Optional.empty(),
        false,
        disallowed);
  }

  private static HttpResponse<String> get(String path, String key) throws Exception {
    HttpRequest.Builder request = server.request(path);
    return server.send(key.isEmpty() ? request : request.header("X-API-Key", key));
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void membersOfAGroupAreLetInByTheirOwnNames() throws Exception {
    server.secure("ann", "APIKEY", "ann", "key-of-ann");
    server.secure("bob", "APIKEY", "bob", "key-of-bob");
    server.secure("eve", "APIKEY", "eve", "key-of-eve");
    server.group("friends", "ann", "bob");
    server.open("test.user", "/g", "groups", List.of("friends"));
    assertThat(get("/g", "key-of-ann").body()).contains("ann");
    assertThat(get("/g", "key-of-bob").body()).contains("bob");
    HttpResponse<String> refused = get("/g", "key-of-eve");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(header(refused, "WWW-Authenticate")).isEqualTo("ApiKey header=\"X-API-Key\"");
    assertThat(get("/g", "").statusCode()).isEqualTo(401);
  }

  @Test
  void aDefinitionBesideAGroupLetsInToo() throws Exception {
    server.secure("ann", "APIKEY", "ann", "key-of-ann");
    server.secure("partner", "BASIC_AUTH", "p", "q");
    server.group("friends", "ann");
    server.open(
        "test.user", "/b", "security", Optional.of("partner"), "groups", List.of("friends"));
    assertThat(get("/b", "key-of-ann").body()).contains("ann");
    assertThat(server.send(server.request("/b").header("Authorization", "Basic cDpx")).body())
        .contains("partner");
    assertThat(header(get("/b", ""), "WWW-Authenticate"))
        .isEqualTo("Basic realm=\"API\", charset=\"UTF-8\", ApiKey header=\"X-API-Key\"");
  }

  @Test
  void oneRequestTooManyIsA429ThatSaysWhenToComeAgain() throws Exception {
    server.open("test.user", "/l", "rateLimiting", List.of(perMonth(2)));
    HttpResponse<String> first = get("/l", "");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"channel\";q=2;w=2592000");
    assertThat(header(first, "RateLimit")).startsWith("\"channel\";r=1;t=");
    assertThat(header(first, "X-RateLimit-Limit")).isEqualTo("2");
    assertThat(header(first, "X-RateLimit-Remaining")).isEqualTo("1");
    assertThat(get("/l", "").statusCode()).isEqualTo(200);
    HttpResponse<String> limited = get("/l", "");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(Long.parseLong(header(limited, "Retry-After"))).isPositive();
    assertThat(header(limited, "RateLimit")).startsWith("\"channel\";r=0;t=");
    assertThat(limited.body()).contains("too many requests");
  }

  @Test
  void theDefinitionIsAskedBeforeTheChannelAndBothCount() throws Exception {
    server.secure(
        "ann",
        "APIKEY",
        "password",
        Optional.of("key-of-ann"),
        "rateLimiting",
        List.of(perMonth(3)));
    server.secure("bob", "APIKEY", "bob", "key-of-bob");
    server.group("friends", "ann", "bob");
    server.open(
        "test.user", "/1", "groups", List.of("friends"), "rateLimiting", List.of(perMonth(2)));
    server.open("test.user", "/2", "security", Optional.of("ann"));
    assertThat(header(get("/1", "key-of-ann"), "RateLimit")).startsWith("\"channel\";r=1;");
    assertThat(header(get("/2", "key-of-ann"), "RateLimit")).startsWith("\"security\";r=1;");
    assertThat(get("/2", "key-of-ann").statusCode()).isEqualTo(200);
    HttpResponse<String> limited = get("/1", "key-of-ann");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(header(limited, "RateLimit")).startsWith("\"security\";r=0;");
    assertThat(get("/1", "key-of-bob").statusCode()).as("not counted twice").isEqualTo(200);
    assertThat(get("/1", "key-of-bob").statusCode()).isEqualTo(429);
    assertThat(server.rates().clear("channel_rest", "channel /1")).isTrue();
    assertThat(get("/1", "key-of-bob").statusCode()).isEqualTo(200);
    assertThat(get("/1", "wrong").statusCode()).isEqualTo(401);
  }

  @Test
  void countersSurviveAnEditOfTheChannel() throws Exception {
    RestChannel before =
        RestServer.channel("c", "test.user", "/e", "rateLimiting", List.of(perMonth(1)));
    LiveObject<RestChannel> live = server.open(before);
    assertThat(get("/e", "").statusCode()).isEqualTo(200);
    live.replace(RestServer.channel("c", "test.map", "/e", "rateLimiting", List.of(perMonth(1))));
    assertThat(get("/e", "").statusCode()).isEqualTo(429);
    live.replace(RestServer.channel("c", "test.map", "/e", "rateLimiting", List.of(perMonth(5))));
    assertThat(get("/e", "").statusCode()).isEqualTo(200);
  }

  @Test
  void whoIsDisallowedIsNotAnswered() throws Exception {
    server.open(
        "test.user",
        "/no",
        "rateLimiting",
        List.of(rule(range(Optional.empty(), true), "127.0.0.0/8")));
    assertThatThrownBy(() -> get("/no", "")).isInstanceOf(IOException.class);
  }
}
