package org.caravanserai.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.spi.ByteSize;
import org.caravanserai.spi.InvalidObjectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestKindTest {

  private static RestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new RestServer(Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @Test
  void isTheKindChannelRest() {
    assertThat(server.kind.name()).isEqualTo("channel_rest");
    assertThat(server.kind.type()).isEqualTo(RestChannel.class);
  }

  @Test
  void acceptsWhatMakesSense() {
    assertThatCode(
            () ->
                server.kind.validate(
                    RestServer.channel(
                        "any name",
                        "my-service.do_it2",
                        "/a/{b}/c.{d}",
                        "method",
                        List.of("get", "POST"),
                        "contentType",
                        Optional.of("application/json; charset=utf-8"),
                        "maxRequestSize",
                        "1 gb")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "service,a b",
    "service,a..b",
    "service,a:b?c",
    "urlPath,a",
    "urlPath,/{a}/{a}",
    "urlPath,/health/x",
    "urlPath,/pubsub",
    "contentType,json",
    "contentType,'a/b\u0001'",
    "method,TRACE",
    "method,'GET,POST'",
    "maxRequestSize,lots",
    "maxRequestSize,-1",
    "maxRequestSize,3GB",
    "maxRequestSize,9999999999999999999MB",
    "timeout,0"
  })
  void refusesWhatMakesNone(String field, String value) {
    Object typed =
        switch (field) {
          case "contentType", "service" -> Optional.of(value);
          case "method" -> List.of(value);
          case "timeout" -> Duration.ZERO;
          default -> value;
        };
    RestChannel channel = RestServer.channel("one", "test.greet", "/a", field, typed);
    String spelled = field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);

    assertThatThrownBy(() -> server.kind.validate(channel))
        .isInstanceOfSatisfying(
            InvalidObjectException.class, e -> assertThat(e.field()).isEqualTo(spelled));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "2048,2048",
    "1KB,1024",
    "10MB,10485760",
    "' 10 mb ',10485760",
    "1GB,1073741824"
  })
  void readsSizes(String text, int bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-A", "Set-Cookie", "a!#$%&'*+-.^_`|~9"})
  void servicesMaySetHeaders(String name) {
    new RestHttp(null, Map.of()).responseHeader(name, "a\tb ~\u00e4");
  }

  @ParameterizedTest
  @CsvSource({
    "'',x",
    "'A B',x",
    "A:,x",
    "A\u00e4,x",
    "A,'x\r\nB: y'",
    "A,'x\u0000'",
    "A,\u20ac",
    "Content-Length,1",
    "Transfer-Encoding,chunked",
    "Connection,close",
    "x-serai-cid,x"
  })
  void servicesMayNotBreakTheAnswer(String name, String value) {
    RestHttp http = new RestHttp(null, Map.of());

    assertThatThrownBy(() -> http.responseHeader(name, value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 199, 400, 500, 1000})
  void servicesMayNotSetAnErrorStatus(int status) {
    assertThatThrownBy(() -> new RestHttp(null, Map.of()).status(status))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
