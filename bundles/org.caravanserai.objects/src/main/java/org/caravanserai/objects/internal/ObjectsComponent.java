package org.caravanserai.objects.internal;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanserai.metrics.Metrics;
import org.caravanserai.objects.Condition;
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
import org.caravanserai.objects.internal.kind.TextReferences;
import org.caravanserai.objects.internal.user.UserFiles;
import org.caravanserai.objects.internal.yaml.YamlLimits;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.DeployedServices;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.spi.ObjectKind;
import org.caravanserai.spi.ReadinessCheck;
import org.caravanserai.spi.UserConfiguration;
import org.caravanserai.spi.WatchedFileType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects the kernel with the container. It waits for no kind: many kinds need, by way of what
 * they use, the connections or secrets that it offers. {@link KindTracker} tells it of them.
 */
@Component(
    service = {
      WatchedFileType.class,
      ObjectStore.class,
      Secrets.class,
      Connections.class,
      ReadinessCheck.class,
      UserConfiguration.class,
      ObjectsComponent.class
    },
    configurationPid = "org.caravanserai.objects",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true)
@Designate(ocd = ObjectSettings.class)
public final class ObjectsComponent
    implements WatchedFileType,
        ObjectStore,
        Secrets,
        Connections,
        ReadinessCheck,
        UserConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectsComponent.class);

  private final ObjectKernel kernel;
  private final UserFiles userFiles;
  private final PrometheusRegistry registry;
  private volatile @Nullable DeployedServices deployed;
  private final GaugeWithCallback counts =
      GaugeWithCallback.builder()
          .name("serai_objects")
          .help("Configured objects, by kind and by how they are")
          .labelNames("kind", "state")
          .callback(this::count)
          .build();

  /** Starts with no file and no kind. */
  @Activate
  public ObjectsComponent(ObjectSettings settings, @Reference Metrics registered) {
    Path data = Path.of(settings.data()).toAbsolutePath();
    Storage storage = storage(data, settings);
    YamlLimits limits =
        new YamlLimits(settings.max__file__size(), settings.max__depth(), settings.max__aliases());
    userFiles =
        new UserFiles(
            new YamlReader(limits),
            new TextReferences(ObjectsComponent::variable).withSecrets(storage.secrets()::value));
    kernel =
        new ObjectKernel(
            new KernelSettings(
                Set.copyOf(Arrays.asList(settings.required__kinds())),
                limits,
                new Backoff(
                    Duration.ofMillis(settings.retry__first()),
                    Duration.ofMillis(settings.retry__longest())),
                Duration.ofMillis(settings.close__timeout()),
                Duration.ofMillis(settings.rescan()),
                Duration.ofMillis(settings.required__ping()),
                path(settings.import__file()).stream().toList()),
            ObjectsComponent::variable,
            path -> Files.exists(Path.of(path)),
            storage);
    registry = registered.registry();
    registry.register(counts);
  }

  /**
   * The key of the secrets comes from the environment and not from the settings, because the
   * container keeps settings on disk, in clear.
   */
  private static Storage storage(Path data, ObjectSettings settings) {
    try {
      return Storage.open(
          new FileDisk(Integer.MAX_VALUE),
          data,
          System.getenv(),
          path(settings.secret__key__file()));
    } catch (IOException e) {
      LOG.error("Objects and secrets can't be kept: {}", e.getMessage());
      return Storage.unusable(data, "objects and secrets can't be kept: " + e.getMessage());
    }
  }

  /** The key of the secrets is for no object. */
  private static @Nullable String variable(String name) {
    return name.equals("SERAI_SECRET_KEY") || name.equals("SERAI_SECRET_KEY_OLD")
        ? null
        : System.getenv(name);
  }

  private static Optional<Path> path(String setting) {
    return Optional.of(setting.strip())
        .filter(each -> !each.isEmpty())
        .map(each -> Path.of(each).toAbsolutePath().normalize());
  }

  /** A kind has come. */
  void kindCame(ObjectKind<?> kind) {
    kernel.kindCame(kind);
  }

  /** A kind goes. */
  void kindWent(ObjectKind<?> kind) {
    kernel.kindWent(kind);
  }

  /** Knows which services are there. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindDeployed(DeployedServices services) {
    deployed = services;
  }

  /** Nobody knows. */
  void unbindDeployed(DeployedServices services) {
    if (deployed == services) {
      deployed = null;
    }
  }

  /** Services come and go without the kernel: what is missing of them is told when it is asked. */
  private ObjectInfo told(ObjectInfo info) {
    DeployedServices known = deployed;
    if (known == null
        || info.state() != ObjectInfo.State.OPEN
        || info.reason().isPresent()
        || info.services().stream().allMatch(known::isDeployed)) {
      return info;
    }
    String missing =
        info.services().stream()
            .filter(each -> !known.isDeployed(each))
            .map(each -> "service " + each)
            .distinct()
            .collect(Collectors.joining(", "));
    return new ObjectInfo(
        info.kind(),
        info.name(),
        info.origin(),
        info.state(),
        Optional.of("missing " + missing),
        info.services());
  }

  private ConfiguredObject told(ConfiguredObject object) {
    return new ConfiguredObject(
        told(object.info()), object.fields(), object.etag(), object.links());
  }

  private void count(GaugeWithCallback.Callback callback) {
    Map<List<String>, Long> numbers =
        kernel.list().stream()
            .collect(
                Collectors.groupingBy(
                    each -> List.of(each.kind(), each.state().name().toLowerCase(Locale.ROOT)),
                    Collectors.counting()));
    numbers.forEach((labels, n) -> callback.call((double) n, labels.get(0), labels.get(1)));
  }

  /** Closes all objects. */
  @Deactivate
  public void close() {
    registry.unregister(counts);
    kernel.close();
  }

  @Override
  public boolean accepts(Path file) {
    return userFiles.accepts(file) || kernel.accepts(file);
  }

  @Override
  public List<Diagnostic> check(String path, byte[] content) {
    return userFiles.accepts(Path.of(path))
        ? userFiles.check(path, content)
        : kernel.check(path, content);
  }

  @Override
  public List<Diagnostic> deploy(String path, byte[] content) {
    return userFiles.accepts(Path.of(path))
        ? userFiles.deploy(path, content)
        : kernel.deploy(path, content);
  }

  @Override
  public void undeploy(String path) {
    if (userFiles.accepts(Path.of(path))) {
      userFiles.undeploy(path);
    } else {
      kernel.undeploy(path);
    }
  }

  @Override
  public List<ObjectInfo> list() {
    return kernel.list().stream().map(this::told).toList();
  }

  @Override
  public Optional<ObjectInfo> find(String kind, String name) {
    return kernel.find(kind, name).map(this::told);
  }

  @Override
  public List<KindInfo> kinds() {
    return kernel.kinds();
  }

  @Override
  public Optional<ConfiguredObject> read(String kind, String name) {
    return kernel.read(kind, name).map(this::told);
  }

  @Override
  public List<ObjectId> naming(String service) {
    return kernel.naming(service);
  }

  @Override
  public ConfiguredObject put(
      String kind, String name, byte[] document, Condition condition, boolean detach) {
    return told(kernel.put(kind, name, document, condition, detach));
  }

  @Override
  public void delete(String kind, String name, Condition condition) {
    kernel.delete(kind, name, condition);
  }

  @Override
  public void check(
      String kind, String name, byte[] document, Condition condition, boolean detach) {
    kernel.check(kind, name, document, condition, detach);
  }

  @Override
  public Ping test(String kind, byte[] document) {
    return kernel.test(kind, document);
  }

  @Override
  public WrittenForms convert(byte[] document) {
    return kernel.convert(document);
  }

  @Override
  public String export(Optional<String> kind, Optional<String> name) {
    return kernel.export(kind, name);
  }

  @Override
  public ImportResult importYaml(byte[] yaml, boolean dryRun, boolean prune) {
    return kernel.importYaml(yaml, dryRun, prune);
  }

  @Override
  public ImportResult importFile(Path file, boolean dryRun, boolean prune) {
    return kernel.importFile(file, dryRun, prune);
  }

  @Override
  public String digest() {
    return kernel.digest();
  }

  @Override
  public List<String> names() {
    return kernel.names();
  }

  @Override
  public void set(String name, String value) {
    kernel.set(name, value);
    userFiles.refresh();
  }

  @Override
  public void delete(String name) {
    kernel.delete(name);
    userFiles.refresh();
  }

  @Override
  public @Nullable Map<String, Object> find(String name) {
    return userFiles.find(name);
  }

  @Override
  public void rotate() {
    kernel.rotate();
  }

  @Override
  public Optional<Ping> ping(String kind, String name) {
    return kernel.ping(kind, name);
  }

  @Override
  public <F> @Nullable LiveConnection<?, F> find(Class<F> facade, String name) {
    return kernel.find(facade, name);
  }

  @Override
  public List<OpenConnection> named(String name) {
    return kernel.named(name);
  }

  @Override
  public Absence absence(Class<?> facade, String name) {
    return kernel.absence(facade, name);
  }

  @Override
  public String name() {
    return kernel.name();
  }

  @Override
  public Optional<String> reason() {
    return kernel.reason();
  }
}
