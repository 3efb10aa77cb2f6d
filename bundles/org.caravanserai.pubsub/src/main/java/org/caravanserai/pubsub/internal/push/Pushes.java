package org.caravanserai.pubsub.internal.push;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanserai.api.Channel;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.pubsub.internal.MessageJson;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.spi.ByteSize;
import org.caravanserai.spi.Connections;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queues that are pushed, and whereto they can be. */
@Component(service = Pushes.class, configurationPid = PushSettings.PID)
public final class Pushes {

  private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);
  private static final long IDLE_SECONDS = 30;

  private final Broker broker;
  private final CallPool pool;
  private final Invoker invoker;
  private final ServiceRegistry registry;
  private final Connections connections;
  private final Duration timeout;
  private final PushLimits limits;
  private final int callConcurrency;
  private final long stopSeconds;
  private final ScheduledThreadPoolExecutor clock;
  private final ThreadPoolExecutor disk;
  private final DeadLetters deadLetters;
  private final Map<String, LivePush> open = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Void>> draining = new ConcurrentHashMap<>();

  /** Pushes nothing yet. */
  @Activate
  public Pushes(
      @Reference Broker broker,
      @Reference CallPool pool,
      @Reference Invoker invoker,
      @Reference ServiceRegistry registry,
      @Reference Connections connections,
      PushSettings settings) {
    this.broker = broker;
    this.pool = pool;
    this.invoker = invoker;
    this.registry = registry;
    this.connections = connections;
    timeout = Duration.ofSeconds(Math.max(1, settings.timeout()));
    limits =
        new PushLimits(
            Math.max(1, settings.max__aside()), ByteSize.parse(settings.max__aside__size()));
    callConcurrency = Math.max(1, settings.call__concurrency());
    stopSeconds = settings.stop__timeout();
    clock = new ScheduledThreadPoolExecutor(1, threads("serai-pubsub-clock"));
    clock.setRemoveOnCancelPolicy(true);
    int files = Math.max(1, settings.file__threads());
    disk =
        new ThreadPoolExecutor(
            files,
            files,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads("serai-pubsub-disk"));
    disk.allowCoreThreadTimeOut(true);
    deadLetters = new DeadLetters(broker, disk);
  }

  private static ThreadFactory threads(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * A service as target.
   *
   * @param service its name, deployed or not
   * @param channel the kind and name by which the service sees where its messages come from
   */
  public PushTarget toService(String service, Channel channel) {
    return new ServiceTarget(registry.slot(service), pool, invoker, channel, timeout);
  }

  /**
   * An outgoing REST connection as target.
   *
   * @param connection its name, whether it is there or not
   */
  public PushTarget toRest(String connection) {
    return new RestTarget(
        "outgoing_rest",
        connection,
        connections,
        invoker,
        message ->
            MessageJson.of(
                message.message(),
                new MessageJson.Attempt(message.count(), message.delivery().maybeRedelivered())),
        timeout.toMillis());
  }

  /** A folder as target, which is made if need be. */
  public PushTarget toFolder(Path folder) {
    return new FolderTarget(folder, disk);
  }

  /** How durable calls are made. */
  PushRules callRules() {
    PushRules usual = PushRules.DEFAULT;
    return new PushRules(
        callConcurrency, usual.order(), usual.backoff(), usual.maxTime(), usual.maxAttempts());
  }

  /** Where messages go that can't be delivered. */
  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /** Runs what waits for the disk. */
  public ExecutorService disk() {
    return disk;
  }

  /** Tells the time. */
  public ScheduledThreadPoolExecutor clock() {
    return clock;
  }

  /** What has become of the messages of a queue; empty if it is not pushed. */
  public Optional<PushStatus> status(String queue) {
    return open.values().stream()
        .filter(push -> push.messages.queue().equals(queue))
        .map(LivePush::status)
        .reduce(PushStatus::plus);
  }

  /**
   * Pushes the messages of a queue from now on. If it has just been closed, it begins when what was
   * on its way has ended.
   *
   * @param id what tells it from others, who may push messages of the same queue
   * @param queue the queue's name
   * @throws BrokerException if there is no such queue
   * @throws IllegalStateException if there is one of that id
   */
  public Push open(String id, String queue, PushRules rules, PushTarget target) {
    LivePush push =
        new LivePush(id, new PushedQueue(queue, rules, target, limits, clock, deadLetters));
    if (open.putIfAbsent(id, push) != null) {
      throw new IllegalStateException(id + " is being pushed already");
    }
    CompletableFuture<Void> before = draining.get(id);
    if (before == null) {
      try {
        push.messages.start(broker);
      } catch (BrokerException e) {
        open.remove(id, push);
        throw e;
      }
    } else {
      CompletionStage<Void> unused = before.thenRunAsync(() -> startLater(push), disk);
    }
    return push;
  }

  private void startLater(LivePush push) {
    try {
      push.messages.start(broker);
    } catch (RuntimeException e) {
      LOG.error("{} can't be pushed: {}", push.id, e.getMessage(), e);
    }
  }

  /** Ends all of them, and waits for what is on its way, for a limited time. */
  @Deactivate
  public void stop() {
    List.copyOf(open.values()).forEach(LivePush::close);
    CompletableFuture<?>[] all = draining.values().toArray(CompletableFuture[]::new);
    try {
      var unused = CompletableFuture.allOf(all).get(stopSeconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Some messages were still on their way; they come again after the start");
    }
    clock.shutdownNow();
    disk.shutdown();
  }

  /** A queue that is pushed, until it is closed. */
  private final class LivePush implements Push {

    private final String id;
    private final PushedQueue messages;

    LivePush(String id, PushedQueue messages) {
      this.id = id;
      this.messages = messages;
    }

    @Override
    public void change(PushRules rules, PushTarget target) {
      messages.change(rules, target);
    }

    @Override
    public PushStatus status() {
      return messages.status();
    }

    @Override
    public boolean isOpen() {
      return messages.isOpen();
    }

    @Override
    public void close() {
      if (!open.remove(id, this)) {
        return;
      }
      CompletableFuture<Void> end = messages.close().toCompletableFuture();
      draining.put(id, end);
      CompletionStage<Void> unused = end.thenRun(() -> draining.remove(id, end));
    }
  }
}
