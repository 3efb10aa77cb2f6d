package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.Services;
import org.caravanserai.runtime.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services as bundles outside of them call them. */
@SuppressWarnings("FutureReturnValueIgnored") // the service here returns stages as objects
class OutsideCallsTest {

  private final Server server = new Server();
  private final Services services = server.invoker;
  private Slot slot;

  /** What a bundle reads an output as. */
  public record Sum(int sum) {}

  @BeforeEach
  void deploy() {
    slot = server.deploy(Server.Plugged.class);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static void does(Service<Object, Object> behaviour) {
    Server.Plugged.behaviour = behaviour;
  }

  private long inside() {
    return slot.current().orElseThrow().inside();
  }

  @Test
  void anOutputComesInTheClassThatIsWanted() {
    does((input, context) -> Map.of("sum", 3, "by", context.channel().kind()));

    assertThat(services.invoke(slot.name(), Map.of("a", 1), Sum.class)).isEqualTo(new Sum(3));
    assertThat(services.invoke(slot.name(), Map.of(), String.class)).contains("\"by\":\"osgi\"");
    assertThat(services.invoke(slot.name(), Map.of(), Void.class)).isNull();
    assertThat(inside()).isZero();
  }

  @Test
  void failuresAreTheServices() {
    does(
        (input, context) -> {
          throw new ServiceException(409, "not now");
        });

    assertThatThrownBy(() -> services.invoke(slot.name(), Map.of(), Void.class))
        .isInstanceOf(ServiceException.class)
        .hasMessage("not now");
    assertThatThrownBy(() -> services.invoke("nobody", "", Void.class))
        .isInstanceOfSatisfying(
            ServiceException.class, failure -> assertThat(failure.status()).isEqualTo(503));
    assertThatThrownBy(() -> get(services.invokeAsync("nobody", "", Void.class)))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("nobody is not deployed");
    assertThatThrownBy(() -> get(services.invokeAsync(slot.name(), Map.of(), Void.class)))
        .hasMessageContaining("not now");
    assertThat(inside()).isZero();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void aStreamHoldsTheRevisionUntilItIsClosed() throws Exception {
    does((input, context) -> new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)));

    try (InputStream stream = services.invoke(slot.name(), Map.of(), InputStream.class)) {
      assertThat(inside()).isEqualTo(1);
      assertThat(stream.readAllBytes()).containsExactly('x');
    }
    assertThat(inside()).isZero();
  }

  @Test
  void whoDoesNotWaitGetsTheOutputWhenItIsThere() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    does((input, context) -> answer.join());

    CompletionStage<String> later = services.invokeAsync(slot.name(), Map.of(), String.class);
    await().until(() -> inside() == 1);
    assertThat(later.toCompletableFuture()).isNotDone();
    answer.complete("there");
    assertThat(get(later)).isEqualTo("there");
    await().until(() -> inside() == 0);
  }
}
