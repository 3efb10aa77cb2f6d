package org.caravanserai.objects.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.caravanserai.objects.Condition;
import org.caravanserai.objects.ConfigurationRefusedException;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ImportResult;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.objects.ObjectId;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.objects.Ping;
import org.caravanserai.objects.Secrets;
import org.caravanserai.objects.WrittenForms;
import org.caravanserai.objects.internal.disk.FileDisk;
import org.caravanserai.objects.internal.kind.Kind;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.kind.OpenConnections;
import org.caravanserai.objects.internal.kind.PlainTree;
import org.caravanserai.objects.internal.kind.TextReferences;
import org.caravanserai.objects.internal.secret.SecretStore;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.objects.internal.yaml.YamlText;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.spi.ObjectKind;
import org.caravanserai.spi.ReadinessCheck;
import org.caravanserai.spi.WatchedFileType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and kinds in, objects in operation out: brings every event to the one thread and publishes
 * what came of it.
 */
final class ObjectKernel
    implements WatchedFileType, ObjectStore, Secrets, Connections, ReadinessCheck {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectKernel.class);

  private final ObjectThread thread = new ObjectThread();
  private final Kinds kinds = new Kinds();
  private final OpenConnections connections = new OpenConnections();
  private final Pings pings = new Pings(this, connections);
  private final Map<ObjectKey, Future<?>> retries = new HashMap<>();
  private final AtomicInteger arriving = new AtomicInteger();
  private final KernelSettings settings;
  private final Storage storage;
  private final HeldObjects objects;
  private final ConfigurationFiles files;
  private final StoredObjects stored;
  private final WrittenObjects written;
  private final Changes changes;
  private final YamlImport yamlImport;
  private final SecretChanges secretChanges;
  private final Imports imports;
  private final Future<?> rescans;
  private final RequiredObjects required;
  private volatile Published published = Published.NOTHING;

  /**
   * Starts with what is stored, and no kind.
   *
   * @param settings its settings
   * @param environment gives the value of a variable, {@code null} if it is not set
   * @param exists whether there is a file at a path
   * @param storage where objects and secrets are kept
   */
  ObjectKernel(
      KernelSettings settings,
      Function<String, @Nullable String> environment,
      Predicate<String> exists,
      Storage storage) {
    this.settings = settings;
    this.storage = storage;
    YamlReader yaml = new YamlReader(settings.limits());
    TextReferences references = new TextReferences(environment);
    SecretStore secrets = storage.secrets();
    FileDisk disk = new FileDisk(settings.limits().maxBytes());
    objects =
        new HeldObjects(
            kinds, references.withSecrets(secrets::value), secrets::version, this::scheduleRetry);
    FileReader reader = new FileReader(kinds, references);
    Includes includes = new Includes(yaml, disk);
    files = new ConfigurationFiles(includes, reader, objects, exists);
    stored = new StoredObjects(storage.disk(), storage.folder(), yaml, reader, objects, exists);
    written = new WrittenObjects(objects);
    Edit.Ground ground =
        new Edit.Ground(stored, objects, secrets, storage.replacement(), yaml, references);
    Checks checks = new Checks(ground, kinds, written, exists);
    changes = new Changes(ground, checks);
    yamlImport = new YamlImport(ground, kinds, reader, includes, checks);
    secretChanges = new SecretChanges(secrets, objects);
    imports = new Imports(files, disk);
    required = new RequiredObjects(pings, settings.requiredPing());
    thread.call(
        () -> {
          refresh();
          settings.imports().forEach(imports::add);
          publish();
          return settings;
        });
    rescans = thread.every(settings.rescan(), this::rescan);
  }

  private void rescan() {
    if (refresh()) {
      publish();
    }
  }

  /** Takes over what was edited by hand; tells whether anything was. */
  private boolean refresh() {
    if (storage.trouble().isPresent()) {
      return false;
    }
    try {
      storage.replacement().finish();
      List<String> changed = stored.refresh();
      changed.forEach(changes::hideSecrets);
      changed.forEach(files::kindChanged);
      return !changed.isEmpty();
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} can't be looked at: {}", storage.folder(), e.getMessage());
      return false;
    }
  }

  @Override
  public boolean accepts(Path file) {
    String fileName = file.getFileName().toString();
    return fileName.startsWith("serai")
        && (fileName.endsWith(".yaml") || fileName.endsWith(".yml"));
  }

  @Override
  public List<Diagnostic> check(String path, byte[] content) {
    return thread.call(() -> files.check(path, content));
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
      stored.kindChanged(kind.name());
      changes.hideSecrets(kind.name());
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
                      stored.kindChanged(kind.name());
                      connections.kindWent(kind.name());
                      files.kindChanged(kind.name());
                      publish();
                    }),
        settings.closeTimeout());
  }

  /** Closes all objects, unless that takes too long. */
  void close() {
    thread.call(
        () -> {
          rescans.cancel(false);
          retries.values().forEach(retry -> retry.cancel(false));
          objects.close();
        },
        settings.closeTimeout());
    thread.end();
    required.close();
  }

  private void scheduleRetry(ObjectKey key, int failures) {
    Future<?> retry =
        thread.later(
            settings.backoff().after(failures),
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
    published = Published.of(objects.list(), kinds.names(), imports.reason());
    required.become(objects.required());
  }

  @Override
  public List<ObjectInfo> list() {
    return published.objects();
  }

  @Override
  public Optional<ObjectInfo> find(String kind, String name) {
    return Optional.ofNullable(published.byKey().get(new ObjectKey(kind, name)));
  }

  @Override
  public List<KindInfo> kinds() {
    return thread.call(kinds::list);
  }

  @Override
  public Optional<ConfiguredObject> read(String kind, String name) {
    return thread.call(() -> written.read(new ObjectKey(kind, name)));
  }

  @Override
  public List<ObjectId> naming(String service) {
    return thread.call(() -> written.naming(service));
  }

  @Override
  public ConfiguredObject put(
      String kind, String name, byte[] document, Condition condition, boolean detach) {
    return change(
        () -> {
          followUp(changes.put(kind, name, document, condition, detach, false));
          return written.read(new ObjectKey(kind, name)).orElseThrow();
        });
  }

  @Override
  public void delete(String kind, String name, Condition condition) {
    change(
        () -> {
          followUp(changes.delete(kind, name, condition));
          return name;
        });
  }

  @Override
  public void check(
      String kind, String name, byte[] document, Condition condition, boolean detach) {
    change(() -> changes.put(kind, name, document, condition, detach, true));
  }

  @Override
  public Ping test(String kind, byte[] document) {
    Trial trial = thread.call(() -> Trial.open(changes.trial(kind, document), objects));
    try {
      return trial.ping();
    } finally {
      thread.run(trial::close);
    }
  }

  @Override
  public WrittenForms convert(byte[] document) {
    Problems problems = new Problems("object");
    Optional<YamlValue.Mapping> read = new YamlReader(settings.limits()).read(document, problems);
    Checks.refuseErrors(ConfigurationRefusedException.Reason.INVALID, problems);
    Map<String, Object> fields = PlainTree.of(read.orElseThrow());
    return new WrittenForms(fields, YamlText.mapping(fields));
  }

  @Override
  public String export(Optional<String> kind, Optional<String> name) {
    return thread.call(() -> written.export(kind, name));
  }

  @Override
  public ImportResult importYaml(byte[] yaml, boolean dryRun, boolean prune) {
    return importAll(Optional.empty(), yaml, dryRun, prune);
  }

  @Override
  public ImportResult importFile(Path file, boolean dryRun, boolean prune) {
    try {
      byte[] content =
          new FileDisk(settings.limits().maxBytes())
              .read(file)
              .orElseThrow(
                  () ->
                      new ConfigurationRefusedException(
                          ConfigurationRefusedException.Reason.UNKNOWN, file + " is no file"));
      return importAll(Optional.of(file), content, dryRun, prune);
    } catch (IOException e) {
      throw new ConfigurationRefusedException(
          ConfigurationRefusedException.Reason.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private ImportResult importAll(
      Optional<Path> path, byte[] content, boolean dryRun, boolean prune) {
    return change(
        () -> {
          Set<String> changed = new LinkedHashSet<>();
          ImportResult result = yamlImport.run(path, content, dryRun, prune, changed);
          followUp(changed);
          return result;
        });
  }

  @Override
  public String digest() {
    return thread.call(written::digest);
  }

  @Override
  public List<String> names() {
    return thread.call(secretChanges::names);
  }

  @Override
  public void set(String name, String value) {
    SecretChanges.mustBeName(name);
    change(
        () -> {
          secretChanges.set(name, value);
          return name;
        });
  }

  @Override
  public void delete(String name) {
    change(
        () -> {
          secretChanges.delete(name);
          return name;
        });
  }

  @Override
  public void rotate() {
    change(
        () -> {
          secretChanges.rotate();
          return secretChanges;
        });
  }

  /** Something that changes what is stored. */
  private interface StoredChange<T> {
    T make() throws IOException;
  }

  private <T> T change(StoredChange<T> change) {
    return thread.call(
        () -> {
          try {
            refresh();
            return change.make();
          } catch (IOException e) {
            LOG.warn("A change could not be stored: {}", e.getMessage());
            throw new UncheckedIOException(e.getMessage(), e);
          } finally {
            publish();
          }
        });
  }

  /** Files whose objects the store had may have them now. */
  private void followUp(Set<String> changed) {
    changed.forEach(files::kindChanged);
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

  /**
   * Failed and waiting objects do not make a server unready unless they are required, and neither
   * do changed files.
   */
  @Override
  public Optional<String> reason() {
    if (arriving.get() > 0) {
      return Optional.of("objects of " + arriving.get() + " kinds are being opened");
    }
    if (storage.trouble().isPresent()) {
      return storage.trouble();
    }
    return published.reason(settings.required()).or(required::reason);
  }
}
