package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {

  private static String told(Map<String, Object> settings, String... headers) throws Exception {
    try (TestListener server = new TestListener(settings)) {
      server.add(
          "/who",
          exchange -> {
            assertThat(exchange.clientAddress().getHostAddress())
                .isEqualTo(exchange.remoteAddress());
            TestListener.text(exchange.remoteAddress()).handle(exchange);
          });
      HttpRequest.Builder request = server.request("/who");
      return server.send(headers.length == 0 ? request : request.headers(headers)).body();
    }
  }

  private static Map<String, Object> trusting(String... proxies) {
    return Map.of("trusted__proxies", proxies);
  }

  @Test
  void nobodyIsBelievedByDefault() throws Exception {
    assertThat(told(Map.of(), "X-Forwarded-For", "10.1.1.1")).isEqualTo("127.0.0.1");
    assertThat(told(trusting("10.0.0.0/8"), "X-Forwarded-For", "10.1.1.1")).isEqualTo("127.0.0.1");
  }

  @Test
  void aTrustedProxyIsBelieved() throws Exception {
    assertThat(told(trusting("127.0.0.1"), "X-Forwarded-For", "203.0.113.7"))
        .isEqualTo("203.0.113.7");
    assertThat(told(trusting("127.0.0.0/8, ::1"), "X-Forwarded-For", "2001:db8::7"))
        .isEqualTo("2001:db8:0:0:0:0:0:7");
    assertThat(told(trusting("127.0.0.1"))).isEqualTo("127.0.0.1");
  }

  @Test
  void whatTheCallerWroteHimselfIsNotBelieved() throws Exception {
    Map<String, Object> proxies = trusting("127.0.0.1", "10.0.0.0/8");
    assertThat(told(proxies, "X-Forwarded-For", "1.1.1.1, 203.0.113.7, 10.0.0.5"))
        .isEqualTo("203.0.113.7");
    assertThat(told(proxies, "X-Forwarded-For", "1.1.1.1", "X-Forwarded-For", "203.0.113.7:4711"))
        .isEqualTo("203.0.113.7");
    assertThat(told(proxies, "X-Forwarded-For", "1.1.1.1, nonsense, 10.0.0.5"))
        .isEqualTo("10.0.0.5");
    assertThat(told(proxies, "X-Forwarded-For", "nonsense")).isEqualTo("127.0.0.1");
    assertThat(told(proxies, "Forwarded", "for=203.0.113.7")).isEqualTo("127.0.0.1");
  }

  @Test
  void forwardedIsReadWhereItIsTheHeader() throws Exception {
    Map<String, Object> settings =
        Map.of("trusted__proxies", new String[] {"127.0.0.1"}, "forwarded__header", "Forwarded");
    assertThat(told(settings, "Forwarded", "for=1.1.1.1, for=203.0.113.7;proto=https;by=10.0.0.1"))
        .isEqualTo("203.0.113.7");
    assertThat(told(settings, "Forwarded", "proto=https; For=\"[2001:db8::7]:4711\""))
        .isEqualTo("2001:db8:0:0:0:0:0:7");
    assertThat(told(settings, "Forwarded", "for=_hidden", "X-Forwarded-For", "1.1.1.1"))
        .isEqualTo("127.0.0.1");
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(
            () -> ClientAddresses.of(TestListener.settings(Map.of("forwarded__header", "X-Ip"))))
        .hasMessageContaining("X-Forwarded-For or Forwarded");
    assertThatThrownBy(
            () -> ClientAddresses.of(TestListener.settings(trusting("proxy.example.com"))))
        .hasMessageContaining("expected addresses");
  }

  @Test
  void aDroppedRequestIsNotAnswered() throws Exception {
    try (TestListener server = new TestListener()) {
      server.add("/drop", exchange -> exchange.drop());
      server.add("/stay", TestListener.text("here"));
      assertThatThrownBy(() -> server.get("/drop")).isInstanceOf(java.io.IOException.class);
      assertThat(server.get("/stay").body()).isEqualTo("here");
    }
  }

  @Test
  void aDroppedRequestThroughAProxyIsA403() throws Exception {
    try (TestListener server = new TestListener(trusting("127.0.0.1"))) {
      server.add("/drop", exchange -> exchange.drop());
      assertThat(
              server
                  .send(server.request("/drop").header("X-Forwarded-For", "10.9.9.9"))
                  .statusCode())
          .isEqualTo(403);
    }
  }
}
