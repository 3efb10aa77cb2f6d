package org.caravanserai.pubsub.internal.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.api.Channel;
import org.caravanserai.api.Service;
import org.caravanserai.broker.AddressLimits;
import org.caravanserai.broker.BrokerAccess;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;
import org.caravanserai.broker.QueueDefinition;
import org.caravanserai.broker.StoredMessage;
import org.caravanserai.broker.internal.EmbeddedBroker;
import org.caravanserai.pubsub.internal.QueueNames;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.internal.LiveCallPool;
import org.caravanserai.runtime.internal.LiveInvoker;
import org.caravanserai.runtime.internal.LiveRegistry;
import org.caravanserai.runtime.internal.RuntimeSettings;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.LiveConnection;

/** All that a pushed message meets: a broker, services, connections. */
public final class PushServer implements AutoCloseable {

  /** The topic that the queues of a test are subscribed to. */
  public static final String TOPIC = "orders.new";

  public final EmbeddedBroker broker;
  public final LiveRegistry registry;
  final LiveCallPool pool;
  public final LiveInvoker invoker;
  public final Pushes pushes;
  final Open connections = new Open();
  private final Map<String, ServiceRevision> revisions = new ConcurrentHashMap<>();
  private final AtomicInteger revision = new AtomicInteger();

  public PushServer(Path data) throws Exception {
    this(data, Map.of());
  }

  PushServer(Path data, Map<String, Object> settings) throws Exception {
    broker = EmbeddedBroker.start(data, new Nobody());
    RuntimeSettings runtime = settings(RuntimeSettings.class, Map.of());
    registry = new LiveRegistry(runtime);
    pool = new LiveCallPool(runtime);
    invoker = new LiveInvoker(runtime, registry, pool);
    pushes =
        new Pushes(
            broker, pool, invoker, registry, connections, settings(PushSettings.class, settings));
    broker.openTopic(TOPIC, new AddressLimits(1_000_000));
  }

  /** Settings with their defaults, but for what is given. */
  public static <T> T settings(Class<T> type, Map<String, Object> changed) {
    return type.cast(
        Proxy.newProxyInstance(
            PushServer.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                changed.getOrDefault(method.getName(), method.getDefaultValue())));
  }

  /** Rules that try again soon. */
  static PushRules rules(int concurrency, OrderingKey order, int maxAttempts) {
    return new PushRules(
        concurrency,
        order,
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), 10),
        Duration.ZERO,
        maxAttempts);
  }

  /** Makes the queue of a subscription. */
  public String queue(String owner) {
    String name = QueueNames.subscription(owner, TOPIC);
    broker.openQueue(
        new QueueDefinition(name, TOPIC, Optional.of(owner), Optional.empty(), true, 0));
    return name;
  }

  PushTarget service(String name) {
    return pushes.toService(
        name, new Channel(PushedSubscriptions.SUBSCRIPTION, "test", Optional.of("crm")));
  }

  /** Makes a service the current one of its name. */
  void deploy(String name, Service<?, ?> service) throws Exception {
    ServiceRevision next = registry.prepare(name, service, name, revision.incrementAndGet());
    ServiceRevision before = revisions.put(name, next);
    registry.swap(List.of(next), before == null ? List.of() : List.of(before));
    if (before != null) {
      var unused = registry.retire(before, Duration.ofSeconds(30));
    }
  }

  public static Message text(String id) {
    return Message.of(id, TOPIC, id.getBytes(StandardCharsets.UTF_8), Format.TEXT).build();
  }

  /** Publishes messages of which each is its id. */
  public void publish(String... ids) throws Exception {
    List<Message> messages = new ArrayList<>();
    for (String id : ids) {
      messages.add(text(id));
    }
    publish(messages);
  }

  public void publish(List<Message> messages) throws Exception {
    List<CompletableFuture<Void>> safe = new ArrayList<>();
    for (Message message : messages) {
      CompletableFuture<Void> told = new CompletableFuture<>();
      safe.add(told);
      broker.publish(
          TOPIC,
          message,
          new Confirmation() {
            @Override
            public void confirmed() {
              told.complete(null);
            }

            @Override
            public void failed(BrokerException failure) {
              told.completeExceptionally(failure);
            }
          });
    }
    var unused =
        CompletableFuture.allOf(safe.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
  }

  /** How many messages are in a queue; 0 if it is not there. */
  public long depth(String queue) {
    return broker.queue(queue).map(info -> info.depth()).orElse(0L);
  }

  /** The dead letters of a queue. */
  public List<StoredMessage> dead(String queue) {
    return broker.browse(QueueNames.dead(queue), message -> true, 0, 1000);
  }

  @Override
  public void close() {
    pushes.stop();
    broker.close();
    pool.deactivate();
    assertThat(pushes.clock().isShutdown()).isTrue();
  }

  /** The open connections of a test. */
  static final class Open implements Connections {

    final Map<String, OpenConnection> all = new ConcurrentHashMap<>();

    @Override
    public <F> LiveConnection<?, F> find(Class<F> facade, String name) {
      return null;
    }

    @Override
    public List<OpenConnection> named(String name) {
      OpenConnection one = all.get(name);
      return one == null ? List.of() : List.of(one);
    }

    @Override
    public Absence absence(Class<?> facade, String name) {
      return new Absence("Connection " + name + " is not open", "");
    }
  }

  private static final class Nobody implements BrokerAccess {

    @Override
    public String authenticate(String user, String password) {
      return null;
    }

    @Override
    public boolean mayPublish(String definition, String address) {
      return false;
    }

    @Override
    public boolean maySubscribe(String definition, String address) {
      return false;
    }
  }
}
