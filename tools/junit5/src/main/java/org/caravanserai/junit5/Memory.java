package org.caravanserai.junit5;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.api.PublishOptions;
import org.caravanserai.api.Service;
import org.caravanserai.api.Services;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.internal.LiveCallPool;
import org.caravanserai.runtime.internal.LiveInvoker;
import org.caravanserai.runtime.internal.LiveRegistry;
import org.caravanserai.runtime.internal.Parts;
import org.caravanserai.runtime.internal.RuntimeSettings;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.ConnectionSource;
import org.caravanserai.spi.Connections.Absence;
import org.caravanserai.spi.DurableCalls;
import org.caravanserai.spi.MessageBroker;
import org.jspecify.annotations.Nullable;

/** The runtime of the server, and in the place of what lies around it what a test says. */
final class Memory implements Host {

  private static final Duration DRAIN = Duration.ofSeconds(10);

  final List<Publication> published = new CopyOnWriteArrayList<>();
  final List<StoredCall> stored = new CopyOnWriteArrayList<>();
  final List<ConnectionCall> connectionCalls = new CopyOnWriteArrayList<>();
  final Map<String, Map<String, Object>> configs = new ConcurrentHashMap<>();
  private final Map<Class<?>, Facade<?>> facades = new ConcurrentHashMap<>();
  private final AtomicInteger messages = new AtomicInteger();
  private final List<ServiceRevision> live = new ArrayList<>();
  private final LiveRegistry registry;
  private final LiveCallPool pool;
  private final LiveInvoker invoker;
  private final ObjectMapper json;

  Memory(List<Class<?>> services, TestClock clock, ObjectMapper json) {
    this.json = json;
    RuntimeSettings settings = settings();
    registry = new LiveRegistry(settings);
    pool = new LiveCallPool(settings);
    invoker = new LiveInvoker(settings, registry, pool);
    invoker.clock(clock);
    new Parts(invoker).bindBroker(this::publish);
    new Parts(invoker).bindDurableCalls(this::store);
    new Parts(invoker).bindUserConfiguration(configs::get);
    try {
      for (Class<?> each : services) {
        ServiceRevision revision = registry.prepare(each, each.getName(), 1);
        live.add(revision);
        registry.begin(revision);
      }
    } catch (RevisionRefusedException refused) {
      close();
      throw new IllegalStateException(refused.getMessage(), refused);
    }
    registry.swap(live, List.of());
  }

  private static RuntimeSettings settings() {
    return (RuntimeSettings)
        Proxy.newProxyInstance(
            RuntimeSettings.class.getClassLoader(),
            new Class<?>[] {RuntimeSettings.class},
            (self, method, arguments) -> method.getDefaultValue());
  }

  String nameOf(Class<?> service) {
    try {
      return registry.nameOf(service);
    } catch (RevisionRefusedException refused) {
      throw new IllegalArgumentException(refused.getMessage(), refused);
    }
  }

  /** Puts a service of the test in the place of one of that name, or makes one of it. */
  void service(String name, Service<?, ?> service) {
    try {
      ServiceRevision revision = registry.prepare(name, service, name, 1);
      registry.swap(List.of(revision), List.of());
      live.add(revision);
    } catch (RevisionRefusedException refused) {
      throw new IllegalArgumentException(refused.getMessage(), refused);
    }
  }

  @Override
  public <T> @Nullable T invoke(String service, @Nullable Object payload, Class<T> type) {
    return ((Services) invoker).invoke(service, payload, type);
  }

  @Override
  public Memory memory() {
    return this;
  }

  /** Answers the same for whatever is asked of a connection. */
  <F> void respond(Class<F> facade, String name, @Nullable Object answer) {
    connection(
        facade,
        name,
        new CannedConnection(name, facade, answer, connectionCalls::add, json).as(facade));
  }

  <F> void connection(Class<F> facade, String name, F connection) {
    facades
        .computeIfAbsent(
            facade,
            type -> {
              Facade<F> made = new Facade<>(facade, new ConcurrentHashMap<>());
              new Parts(invoker).bindSource(made);
              return made;
            })
        .open
        .put(name, connection);
  }

  private void publish(MessageBroker.Outgoing message, MessageBroker.Published told) {
    PublishOptions options =
        new PublishOptions(
            message.priority(),
            message.expiration(),
            message.correlId(),
            message.inReplyTo(),
            message.extClientId(),
            message.dedupId(),
            message.properties());
    published.add(
        new Publication(
            message.target(), Publication.text(message.data()), message.cid(), options));
    told.told("smsg-" + messages.incrementAndGet(), null);
  }

  private void store(DurableCalls.Batch calls, MessageBroker.Published told) {
    calls
        .targets()
        .forEach(
            each ->
                stored.add(
                    new StoredCall(
                        each.service(),
                        Publication.text(each.data()),
                        calls.onTarget(),
                        calls.onFinal(),
                        calls.id())));
    told.told(calls.id(), null);
  }

  @Override
  public void close() {
    var unused =
        live.stream().map(each -> registry.retire(each, DRAIN).toCompletableFuture()).toList();
    unused.forEach(each -> each.join());
    pool.deactivate();
    invoker.deactivate();
    registry.deactivate();
  }

  /**
   * The connections of one sort.
   *
   * @param facade what services see of them
   * @param open those that there are, by name
   */
  private record Facade<F>(Class<F> facade, Map<String, Object> open)
      implements ConnectionSource<F> {

    @Override
    public @Nullable F find(String name, Caller caller) {
      return facade.cast(open.get(name));
    }

    @Override
    public Absence absence(String name) {
      return new Absence("Connection " + name + " has no response in this test", "");
    }
  }
}
