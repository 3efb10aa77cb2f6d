package org.caravanserai.deploy.internal;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.api.Channel;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.internal.LiveCallPool;
import org.caravanserai.runtime.internal.LiveInvoker;
import org.caravanserai.runtime.internal.LiveRegistry;
import org.caravanserai.runtime.internal.RuntimeSettings;

/** The server's own registry and invoker, with a way to call services that take and give text. */
public final class TestServices implements AutoCloseable {

  private static final Channel CHANNEL = new Channel("test", "test", Optional.empty());

  private final RuntimeSettings settings = settings(RuntimeSettings.class);
  private final LiveRegistry registry = new LiveRegistry(settings);
  private final LiveCallPool pool = new LiveCallPool(settings);
  private final LiveInvoker invoker = new LiveInvoker(settings, registry, pool);

  /** The default settings. */
  static <T> T settings(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> method.getDefaultValue()));
  }

  /** The registry. */
  public ServiceRegistry registry() {
    return registry;
  }

  /** Whether there is a service of that name. */
  public boolean has(String service) {
    return registry.slot(service).current().isPresent();
  }

  /** Calls a service as a channel would. */
  public String call(String service, String input) {
    CompletableFuture<Reply> done = new CompletableFuture<>();
    invoker.invoke(
        registry.slot(service),
        new Call("cid", CHANNEL, new Payload.Value(input), null),
        done::complete);
    try (Reply reply = done.join()) {
      if (reply.failure() != null) {
        throw new IllegalStateException(reply.failure());
      }
      return (String) reply.value();
    }
  }

  /** Ends their threads. */
  @Override
  public void close() {
    pool.deactivate();
    registry.deactivate();
  }
}
