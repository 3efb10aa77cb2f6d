package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.api.Channel;
import org.caravanserai.api.Http;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Slot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The headers of the message with which a call came. */
class HeadersTest {

  private final Server server = new Server();
  private final List<Map<String, Object>> seen = new ArrayList<>();

  @AfterEach
  void close() {
    server.close();
  }

  private Map<String, Object> headers(@Nullable Http http, Map<String, Object> headers) {
    Slot slot = server.deploy(Server.Plugged.class);
    Server.Plugged.behaviour =
        (input, context) -> {
          seen.add(context.headers());
          return "";
        };
    Channel channel = new Channel("test", "one", Optional.empty());
    server
        .reply(slot, new Call("cid", channel, new Payload.Value(Map.of()), http, headers))
        .close();
    return seen.get(0);
  }

  @Test
  void thoseOfAMessageAreItsOwn() {
    Map<String, Object> given = Map.of("Priority", 7);
    assertThat(headers(null, given)).isSameAs(given);
  }

  @Test
  void aCallWithoutAMessageHasNone() {
    assertThat(headers(null, Map.of())).isEmpty();
  }

  @Test
  void thoseOfARequestAreFoundInAnyCase() {
    Map<String, List<String>> sent = Map.of("x-one", List.of("1"), "x-two", List.of("1", "2"));
    Http http =
        (Http)
            Proxy.newProxyInstance(
                HeadersTest.class.getClassLoader(),
                new Class<?>[] {Http.class},
                (proxy, method, arguments) -> sent);
    Map<String, Object> headers = headers(http, Map.of());
    assertThat(headers.get("X-One")).isEqualTo("1");
    assertThat(headers.get("X-TWO")).isEqualTo(List.of("1", "2"));
    assertThatThrownBy(() -> headers.put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
