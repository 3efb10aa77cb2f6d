package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Revisions out of instances, and services that see the whole payload. */
class PreparedInstanceTest {

  private final Server server = new Server();

  @AfterEach
  void stop() {
    server.close();
  }

  /** Answers what it was given. */
  private static final class Echo implements Service<Payload, CompletionStage<Object>> {
    @Override
    public CompletionStage<Object> handle(Payload input, Context context) {
      return CompletableFuture.completedFuture(input);
    }
  }

  private Slot deploy(String name) throws RevisionRefusedException {
    ServiceRevision revision = server.registry.prepare(name, new Echo(), "orders", 1);
    server.registry.swap(List.of(revision), List.of());
    return server.registry.slot(name);
  }

  @Test
  void isCalledByItsName() throws Exception {
    Slot slot = deploy("orders.new");
    assertThat(server.invoke(slot, "x")).isEqualTo(new Payload.Value("x"));
    assertThat(server.registry.service("orders.new").orElseThrow().deployment())
        .isEqualTo("orders");
  }

  @Test
  void getsWhatACallBringsAsItIs() throws Exception {
    Slot slot = deploy("orders#GET /orders/{id}");
    Payload.Document document =
        new Payload.Document(new byte[] {1}, DataFormat.RAW, Map.of("a", List.of("b")), false);
    InputStream body = Server.stream("body");
    Payload.Stream stream = new Payload.Stream(body, DataFormat.JSON, Map.of());

    assertThat(value(slot, document)).isEqualTo(document);
    assertThat(value(slot, stream)).isEqualTo(stream);
    assertThat(value(slot, Payload.NONE)).isEqualTo(Payload.NONE);
    assertThat(slot.current().orElseThrow().readsStream()).isTrue();
  }

  @Test
  void hasASchemaThatTakesAnything() throws Exception {
    deploy("orders.new");
    assertThat(server.registry.schemas("orders.new").orElseThrow().input().orElseThrow()).isEmpty();
  }

  @Test
  void isRefusedUnderANameThatNoServiceMayHave() {
    assertThatThrownBy(() -> deploy("no name")).isInstanceOf(RevisionRefusedException.class);
    assertThatThrownBy(() -> deploy("no name#entrance"))
        .isInstanceOf(RevisionRefusedException.class)
        .hasMessageContaining("has the character ' '");
  }

  private Object value(Slot slot, Payload payload) {
    try (Reply reply = server.reply(slot, server.call(payload))) {
      return reply.value();
    }
  }
}
