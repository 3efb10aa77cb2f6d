package org.caravanserai.deploy.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.caravanserai.deploy.BundleChanges;
import org.caravanserai.deploy.CodeAssist;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.DeploymentChange;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.FolderFiles;
import org.caravanserai.deploy.LibraryInfo;
import org.caravanserai.deploy.RevisionInfo;
import org.caravanserai.deploy.WatchedFile;
import org.caravanserai.deploy.internal.bundle.BundleDeployments;
import org.caravanserai.deploy.internal.bundle.BundlePlaces;
import org.caravanserai.deploy.internal.bundle.BundleServices;
import org.caravanserai.deploy.internal.bundle.HeldChanges;
import org.caravanserai.deploy.internal.bundle.ServicesInBundles;
import org.caravanserai.deploy.internal.code.JavaAssist;
import org.caravanserai.deploy.internal.compile.DeploymentCompiler;
import org.caravanserai.deploy.internal.compile.JavaCompiler;
import org.caravanserai.deploy.internal.dependency.MavenLibraries;
import org.caravanserai.deploy.internal.dependency.PrivateJars;
import org.caravanserai.deploy.internal.engine.DeployEngine;
import org.caravanserai.deploy.internal.engine.WarmUp;
import org.caravanserai.deploy.internal.files.EditedFiles;
import org.caravanserai.deploy.internal.install.BundleTurn;
import org.caravanserai.deploy.internal.install.Targets;
import org.caravanserai.deploy.internal.install.WiredPackages;
import org.caravanserai.deploy.internal.library.Libraries;
import org.caravanserai.deploy.internal.store.RevisionStore;
import org.caravanserai.deploy.internal.watch.FolderWatch;
import org.caravanserai.metrics.Metrics;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.security.ReadOnly;
import org.caravanserai.spi.ArtifactResolver;
import org.caravanserai.spi.ReadinessCheck;
import org.caravanserai.spi.WatchedFileType;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together and keeps them going as long as the server runs. */
@Component(
    service = {Deployments.class, ReadinessCheck.class},
    immediate = true,
    configurationPid = "org.caravanserai.deploy")
@Designate(ocd = DeploySettings.class)
// It registers this one by hand; whoever refers to it is to be resolved.
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"org.caravanserai.deploy.BundleChanges\"",
    effective = "active")
public final class DeployComponent implements Deployments, ReadinessCheck {

  private static final Logger LOG = LoggerFactory.getLogger(DeployComponent.class);

  private final Libraries libraries;
  private final WiredPackages packages;
  private final RevisionStore store;
  private final DeploymentCompiler compiler;
  private final DeployEngine engine;
  private final FolderWatch watch;
  private final ReadOnly readOnly;
  private final Runnable holder;
  private final WarmUp warmUp;
  private final DeployMetrics metrics;
  private volatile @Nullable ArtifactResolver artifacts;
  private final ServiceRegistration<BundleChanges> changes;
  private final FolderFiles folderFiles;
  private final CodeAssist codeAssist;

  /** Starts: brings the deployments back, then looks into the watched folders. */
  @Activate
  public DeployComponent(
      BundleContext context,
      DeploySettings settings,
      @Reference ServiceRegistry registry,
      @Reference FeaturesTurn features,
      @Reference ReadOnly readOnly,
      @Reference Metrics registered)
      throws IOException {
    store = RevisionStore.open(Path.of(settings.data(), "revisions"), settings.kept__revisions());
    BundleTurn turn = features.turn();
    turn.limit(Duration.ofSeconds(settings.features__timeout()));
    libraries =
        new Libraries(
            context, turn, Path.of(settings.data(), "libraries"), settings.max__library__size());
    packages = new WiredPackages(context, libraries);
    PrivateJars jars = new PrivateJars(Path.of(settings.data(), "libraries", "private"));
    compiler =
        new DeploymentCompiler(
            new JavaCompiler(Duration.ofSeconds(settings.compile__timeout())),
            packages,
            settings.max__source__size(),
            new MavenLibraries(jars, () -> Optional.ofNullable(artifacts)));
    Duration stop = Duration.ofSeconds(settings.stop__timeout());
    Duration change = Duration.ofMillis(settings.switch__timeout());
    BundleServices services = new BundleServices(context, registry, stop, change);
    BundlePlaces places = new BundlePlaces(context, services, registry, turn, change);
    changes = context.registerService(BundleChanges.class, new HeldChanges(places), null);
    engine =
        new DeployEngine(
            new DeployEngine.Parts(
                compiler,
                Targets.of(context, packages, turn, jars),
                registry,
                store,
                packages::changes,
                libraries,
                services,
                new BundleDeployments(places),
                change,
                Duration.ofSeconds(settings.drain__timeout()),
                stop));
    features.services(new ServicesInBundles(services, places));
    engine.restore();
    engine.cleanUp();
    watch =
        new FolderWatch(
            folders(settings),
            new FolderWatch.Times(
                Duration.ofMillis(settings.settle()),
                Duration.ofSeconds(settings.rescan()),
                Duration.ofSeconds(settings.gone())),
            settings.max__source__size(),
            engine);
    watch.add(libraries);
    this.readOnly = readOnly;
    holder = () -> watch.hold(readOnly.state().isPresent());
    readOnly.follow(holder);
    holder.run();
    watch.start();
    EditedFiles edited = new EditedFiles(engine, watch, compiler);
    folderFiles = edited;
    codeAssist = new JavaAssist(compiler, edited);
    warmUp =
        new WarmUp(engine, settings.warm__up(), () -> isStarted(context) && reason().isEmpty());
    warmUp.start();
    metrics = new DeployMetrics(engine, registered.registry());
  }

  /** Whether the framework has climbed to where it stays. */
  private static boolean isStarted(BundleContext context) {
    String top = context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    return top == null
        || system == null
        || system.adapt(FrameworkStartLevel.class).getStartLevel() >= Integer.parseInt(top.strip());
  }

  /** Those that are set, and last the one of the user's configuration. */
  private static List<Path> folders(DeploySettings settings) {
    List<Path> folders = new ArrayList<>();
    Arrays.stream(settings.dirs().split(":", -1))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .map(Path::of)
        .forEach(folders::add);
    if (!settings.data().isEmpty()) {
      folders.add(Path.of(settings.data()).resolve("user-conf"));
    }
    return folders;
  }

  /** A new engine would interrupt the services, so new settings wait for the next start. */
  @Modified
  void modified(DeploySettings settings) {
    LOG.info("Changed settings of org.caravanserai.deploy take effect when the server restarts");
  }

  /** Asks Maven repositories for libraries. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindArtifacts(ArtifactResolver resolver) {
    artifacts = resolver;
  }

  /** Nothing asks them any more. */
  void unbindArtifacts(ArtifactResolver resolver) {
    if (artifacts == resolver) {
      artifacts = null;
    }
  }

  /** Deployments of that type go to it. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindType(DeployableType type) {
    engine.add(type);
    watch.lookAgain();
  }

  /** No deployment goes to that type any more. */
  void unbindType(DeployableType type) {
    engine.remove(type);
  }

  /** Files of that type go to it. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindFileType(WatchedFileType type) {
    watch.add(type);
  }

  /** No file goes to that type any more. */
  void unbindFileType(WatchedFileType type) {
    watch.remove(type);
  }

  /** Ends everything, after the last calls. */
  @Deactivate
  void close() {
    changes.unregister();
    readOnly.leave(holder);
    metrics.close();
    warmUp.close();
    watch.close();
    engine.close();
    compiler.close();
    packages.close();
    libraries.close();
    store.close();
  }

  @Override
  public String name() {
    return "deploy";
  }

  @Override
  public Optional<String> reason() {
    if (!engine.restored()) {
      return Optional.of("the deployments are being restored");
    }
    return watch.settled()
        ? Optional.empty()
        : Optional.of("the watched folders are being looked at");
  }

  @Override
  public DeployResult deploy(String name, byte[] source, DeployOptions options) {
    return engine.deploy(name, source, options);
  }

  @Override
  public DeployResult rollback(String name, int revision, boolean force) {
    return engine.rollback(name, revision, force);
  }

  @Override
  public boolean undeploy(String name) {
    return engine.undeploy(name);
  }

  @Override
  public DeployResult redeploy(String name) {
    return engine.redeploy(name);
  }

  @Override
  public List<LibraryInfo> libraries() {
    return engine.libraries();
  }

  @Override
  public List<DeploymentInfo> list() {
    return engine.list();
  }

  @Override
  public Optional<DeploymentInfo> find(String name) {
    return engine.find(name);
  }

  @Override
  public void follow(Consumer<DeploymentChange> follower) {
    engine.changes().add(follower);
  }

  @Override
  public void leave(Consumer<DeploymentChange> follower) {
    engine.changes().remove(follower);
  }

  @Override
  public String digest() {
    return engine.digest();
  }

  @Override
  public List<RevisionInfo> revisions(String name) {
    return engine.revisions(name);
  }

  @Override
  public Optional<byte[]> source(String name, int revision) {
    return engine.source(name, revision);
  }

  @Override
  public CodeAssist codeAssist() {
    return codeAssist;
  }

  @Override
  public FolderFiles folderFiles() {
    return folderFiles;
  }

  @Override
  public List<WatchedFile> files() {
    return watch.files();
  }
}
