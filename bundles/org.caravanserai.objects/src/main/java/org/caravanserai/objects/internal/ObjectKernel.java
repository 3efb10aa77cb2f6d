package org.caravanserai.objects.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.objects.Ping;
import org.caravanserai.objects.internal.kind.Kind;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.kind.OpenConnections;
import org.caravanserai.objects.internal.kind.TextReferences;
import org.caravanserai.objects.internal.yaml.YamlLimits;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.DeployableType;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.spi.ObjectKind;
import org.caravanserai.spi.ReadinessCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and kinds in, objects in operation out: brings every event to the one thread and publishes
 * what came of it.
 */
final class ObjectKernel implements DeployableType, ObjectStore, Connections, ReadinessCheck {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectKernel.class);

  private final ObjectThread thread = new ObjectThread();
  private final Kinds kinds = new Kinds();
  private final OpenConnections connections = new OpenConnections();
  private final Pings pings = new Pings(this, connections);
  private final Map<ObjectKey, Future<?>> retries = new HashMap<>();
  private final AtomicInteger arriving = new AtomicInteger();
  private final HeldObjects objects;
  private final ConfigurationFiles files;
  private final Set<String> required;
  private final Backoff backoff;
  private final Duration closeTimeout;
  private volatile List<ObjectInfo> published = List.of();
  private volatile Set<String> present = Set.of();

  /**
   * Starts with no file and no kind.
   *
   * @param required the kinds that must be there for readiness
   * @param limits of the files
   * @param backoff of what fails
   * @param closeTimeout how long whoever takes a kind away waits for its objects to close
   * @param environment gives the value of a variable, {@code null} if it is not set
   * @param exists whether there is a file at a path
   */
  ObjectKernel(
      Set<String> required,
      YamlLimits limits,
      Backoff backoff,
      Duration closeTimeout,
      Function<String, @Nullable String> environment,
      Predicate<String> exists) {
    this.required = required;
    this.backoff = backoff;
    this.closeTimeout = closeTimeout;
    this.objects = new HeldObjects(kinds, this::scheduleRetry);
    this.files =
        new ConfigurationFiles(
            new YamlReader(limits),
            new FileReader(kinds, new TextReferences(environment)),
            objects,
            exists);
  }

  @Override
  public boolean accepts(String fileName) {
    return fileName.startsWith("serai")
        && (fileName.endsWith(".yaml") || fileName.endsWith(".yml"));
  }

  @Override
  public List<Diagnostic> deploy(String path, byte[] content) {
    return thread.call(
        () -> {
          List<Diagnostic> found = files.deploy(path, content);
          publish();
          return found;
        });
  }

  @Override
  public void undeploy(String path) {
    thread.call(
        () -> {
          files.undeploy(path);
          publish();
          return path;
        });
  }

  /** A kind has come: opens the objects that wait for it, soon. */
  void kindCame(ObjectKind<?> service) {
    arriving.incrementAndGet();
    thread.run(
        () -> {
          try {
            addKind(service);
          } finally {
            arriving.decrementAndGet();
          }
        });
  }

  private void addKind(ObjectKind<?> service) {
    Kind<?> kind;
    try {
      kind = Kind.of(service, connections);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("Kind {} can't be used: {}", service.getClass().getName(), e.toString());
      return;
    }
    if (kinds.add(kind)) {
      kind.facade().ifPresent(facade -> connections.kindCame(kind.name(), facade));
      files.kindChanged(kind.name());
      publish();
    } else {
      LOG.error(
          "Kind {} of {} is not in use: there is one of that name",
          kind.name(),
          service.getClass().getName());
    }
  }

  /** A kind goes: closes its objects before it gives back, unless that takes too long. */
  void kindWent(ObjectKind<?> service) {
    thread.call(
        () ->
            kinds
                .remove(service)
                .ifPresent(
                    kind -> {
                      objects.forgetKind(kind.name());
                      connections.kindWent(kind.name());
                      files.kindChanged(kind.name());
                      publish();
                    }),
        closeTimeout);
  }

  /** Closes all objects, unless that takes too long. */
  void close() {
    thread.call(
        () -> {
          retries.values().forEach(retry -> retry.cancel(false));
          objects.close();
        },
        closeTimeout);
    thread.end();
  }

  private void scheduleRetry(ObjectKey key, int failures) {
    Future<?> retry =
        thread.later(
            backoff.after(failures),
            () -> {
              retries.remove(key);
              objects.tryAgain(key);
              publish();
            });
    Future<?> before = retries.put(key, retry);
    if (before != null) {
      before.cancel(false);
    }
  }

  private void publish() {
    published = objects.list();
    present = kinds.names();
  }

  @Override
  public List<ObjectInfo> list() {
    return published;
  }

  @Override
  public Optional<ObjectInfo> find(String kind, String name) {
    return published.stream()
        .filter(object -> object.kind().equals(kind) && object.name().equals(name))
        .findFirst();
  }

  @Override
  public Optional<Ping> ping(String kind, String name) {
    return pings.ping(kind, name);
  }

  @Override
  public <F> @Nullable LiveConnection<?, F> find(Class<F> facade, String name) {
    return connections.find(facade, name);
  }

  @Override
  public List<OpenConnection> named(String name) {
    return connections.named(name);
  }

  @Override
  public Absence absence(Class<?> facade, String name) {
    return pings.absence(facade, name);
  }

  @Override
  public String name() {
    return "objects";
  }

  /** Failed and waiting objects do not make a server unready, and neither do changed files. */
  @Override
  public Optional<String> reason() {
    if (arriving.get() > 0) {
      return Optional.of("objects of " + arriving.get() + " kinds are being opened");
    }
    return required.stream()
        .filter(kind -> !present.contains(kind))
        .sorted()
        .findFirst()
        .map(kind -> "kind " + kind + " is not there yet");
  }
}
