package org.caravanserai.objects.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.objects.Ping;
import org.caravanserai.objects.internal.yaml.YamlLimits;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.DeployableType;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.spi.ObjectKind;
import org.caravanserai.spi.ReadinessCheck;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/** Connects the kernel with the container: settings, and kinds that come and go. */
@Component(
    service = {DeployableType.class, ObjectStore.class, Connections.class, ReadinessCheck.class},
    configurationPid = "org.caravanserai.objects",
    immediate = true)
@Designate(ocd = ObjectSettings.class)
public final class ObjectsComponent
    implements DeployableType, ObjectStore, Connections, ReadinessCheck {

  private final ObjectKernel kernel;

  /** Starts with no file; the kinds that are there already come next. */
  @Activate
  public ObjectsComponent(ObjectSettings settings) {
    kernel =
        new ObjectKernel(
            Set.copyOf(Arrays.asList(settings.required__kinds())),
            new YamlLimits(
                settings.max__file__size(), settings.max__depth(), settings.max__aliases()),
            new Backoff(
                Duration.ofMillis(settings.retry__first()),
                Duration.ofMillis(settings.retry__longest())),
            Duration.ofMillis(settings.close__timeout()),
            System::getenv,
            path -> Files.exists(Path.of(path)));
  }

  /** A kind has come. */
  @Reference(
      service = ObjectKind.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  public void bindKind(ObjectKind<?> kind) {
    kernel.kindCame(kind);
  }

  /** A kind goes. */
  public void unbindKind(ObjectKind<?> kind) {
    kernel.kindWent(kind);
  }

  /** Closes all objects. */
  @Deactivate
  public void close() {
    kernel.close();
  }

  @Override
  public boolean accepts(String fileName) {
    return kernel.accepts(fileName);
  }

  @Override
  public List<Diagnostic> deploy(String path, byte[] content) {
    return kernel.deploy(path, content);
  }

  @Override
  public void undeploy(String path) {
    kernel.undeploy(path);
  }

  @Override
  public List<ObjectInfo> list() {
    return kernel.list();
  }

  @Override
  public Optional<ObjectInfo> find(String kind, String name) {
    return kernel.find(kind, name);
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
