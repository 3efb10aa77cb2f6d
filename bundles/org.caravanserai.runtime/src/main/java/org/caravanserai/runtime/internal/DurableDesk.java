package org.caravanserai.runtime.internal;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.spi.DurableCalls;
import org.caravanserai.spi.MessageBroker;

/** Where the calls of services go that survive the server. */
final class DurableDesk {

  private static final String NOTHING = "{}";

  private final Plugged<DurableCalls> store;

  DurableDesk(Plugged<DurableCalls> store) {
    this.store = store;
  }

  /**
   * Stores calls and waits until they are on the disk.
   *
   * @param usualMillis how long to wait for a caller who sets no limit
   * @return their id
   */
  String store(Invocation call, PlannedCalls plan, String id, long usualMillis) {
    ServiceCaller caller = new ServiceCaller(call);
    DurableCalls known = store.get();
    PlannedCalls.Kind kind = plan.kind();
    DurableCalls.Batch batch =
        new DurableCalls.Batch(
            id,
            call.cid(),
            call.service(),
            call.channel().user(),
            new DurableCalls.Kinds(kind.call(), kind.onTarget(), kind.onFinal()),
            plan.targets().stream().map(target -> stored(target, caller)).toList(),
            plan.onTarget(),
            plan.onFinal(),
            plan.durability().maxAttempts());
    CompletableFuture<String> told = new CompletableFuture<>();
    known.store(batch, PublishDesk.telling(told));
    return PublishDesk.wait(told, caller, usualMillis, "The calls were not stored in time");
  }

  private static DurableCalls.Target stored(PlannedCalls.Target target, ServiceCaller caller) {
    Object payload = target.payload();
    if (payload instanceof InputStream) {
      throw new IllegalArgumentException("A stream can't be stored, pass its bytes");
    }
    byte[] data;
    MessageBroker.Format format;
    if (payload instanceof String text) {
      data = text.getBytes(StandardCharsets.UTF_8);
      format = MessageBroker.Format.TEXT;
    } else if (payload instanceof byte[] bytes) {
      data = bytes.clone();
      format = MessageBroker.Format.BYTES;
    } else {
      data = payload == null ? NOTHING.getBytes(StandardCharsets.UTF_8) : caller.toJson(payload);
      format = MessageBroker.Format.JSON;
    }
    return new DurableCalls.Target(target.service(), data, format);
  }
}
