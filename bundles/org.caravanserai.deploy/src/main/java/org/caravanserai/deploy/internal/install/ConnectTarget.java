package org.caravanserai.deploy.internal.install;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.caravanserai.connect.ConnectedModules;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.Packages;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.dependency.PrivateJars;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs each revision in two steps: a class loader of ours, from which it can be served at once,
 * and afterwards, in the background, a bundle around that same class loader.
 */
public final class ConnectTarget implements InstallTarget {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectTarget.class);

  private final BundleContext context;
  private final ConnectedModules modules;
  private final Supplier<Packages> packages;
  private final BundleTurn turn;
  private final PrivateJars jars;
  private final RevisionBundles bundles;
  private final Set<ConnectRevision> installed = ConcurrentHashMap.newKeySet();
  private final ExecutorService background =
      new ThreadPoolExecutor(
          0,
          1,
          60,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          work -> {
            Thread made = new Thread(work, "serai-bundles");
            made.setDaemon(true);
            return made;
          });

  /**
   * Installs through that context.
   *
   * @param modules where the framework asks for modules
   * @param packages the packages that can be imported now
   * @param turn when bundles may come and go
   * @param jars what deployments have for themselves
   */
  public ConnectTarget(
      BundleContext context,
      ConnectedModules modules,
      Supplier<Packages> packages,
      BundleTurn turn,
      PrivateJars jars) {
    this.jars = jars;
    this.context = context;
    this.modules = modules;
    this.packages = packages;
    this.turn = turn;
    this.bundles = new RevisionBundles(context);
  }

  @Override
  public void open(Listener listener) {
    bundles.open(listener, turn);
  }

  @Override
  public InstalledRevision install(RevisionLabel label, Compiled compiled)
      throws RejectedException {
    ConnectRevision revision =
        new ConnectRevision(
            label,
            compiled,
            Wires.choose(compiled, packages.get()),
            RevisionJar.libraries(compiled, jars),
            this);
    installed.add(revision);
    boolean linked = false;
    try {
      Linkage.link(compiled, revision.loader()::loadClass);
      linked = true;
    } finally {
      if (!linked) {
        installed.remove(revision);
      }
    }
    return revision;
  }

  /** Makes a bundle of a revision, unless it is gone by then. */
  void publish(ConnectRevision revision) {
    inBackground(
        () -> {
          if (!revision.withdrawn()) {
            String location = revision.label().location();
            Optional.ofNullable(context.getBundle(location)).ifPresent(RevisionBundles::uninstall);
            modules.put(location, revision);
            revision.install(context, bundles);
          }
        });
  }

  /** Takes the bundle of a revision away, if it came so far. */
  void withdraw(ConnectRevision revision) {
    inBackground(
        () -> {
          revision.installed().ifPresent(RevisionBundles::uninstall);
          modules.remove(revision.label().location());
          installed.remove(revision);
        });
  }

  private void inBackground(Runnable work) {
    try {
      background.execute(() -> turn.run(work));
    } catch (RejectedExecutionException e) {
      LOG.debug("left as it is: the server stops");
    }
  }

  @Override
  public boolean loadsFrom(ClassLoader provider) {
    return installed.stream().anyMatch(each -> each.loader().imports(provider));
  }

  @Override
  public void close() {
    bundles.close();
    background.shutdownNow();
    try {
      if (!background.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("A bundle is still being installed or uninstalled");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
