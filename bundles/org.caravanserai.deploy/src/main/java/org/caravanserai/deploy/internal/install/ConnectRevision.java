package org.caravanserai.deploy.internal.install;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.connect.Module;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.CompiledClass;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.dependency.LibraryContent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A revision that has its class loader first and its bundle later. */
final class ConnectRevision implements RevisionBundles.Owned, Module {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectRevision.class);

  private final RevisionLabel label;
  private final Compiled compiled;
  private final Map<String, byte[]> entries = new HashMap<>();
  private final List<LibraryContent> libraries;
  private final ConnectTarget target;
  private volatile RevisionLoader loader;
  private volatile boolean stale;
  private volatile boolean ownDoing = true;
  private volatile boolean withdrawn;
  private volatile @Nullable Bundle bundle;
  private volatile BundleState state = BundleState.NONE;

  ConnectRevision(
      RevisionLabel label,
      Compiled compiled,
      Map<String, ClassLoader> imports,
      List<LibraryContent> libraries,
      ConnectTarget target) {
    this.libraries = libraries;
    this.label = label;
    this.compiled = compiled;
    this.target = target;
    entries.putAll(compiled.resources());
    for (CompiledClass each : compiled.classes()) {
      entries.put(each.path(), each.bytes());
    }
    this.loader = new RevisionLoader(label.location(), entries, imports, libraries);
  }

  @Override
  public RevisionLabel label() {
    return label;
  }

  @Override
  public Compiled compiled() {
    return compiled;
  }

  @Override
  public List<Class<?>> services() throws RejectedException {
    return Linkage.services(compiled, loader()::loadClass);
  }

  @Override
  public List<Class<?>> classes() throws RejectedException {
    return Linkage.others(compiled, loader()::loadClass);
  }

  @Override
  public void publish() {
    target.publish(this);
  }

  /** Makes the bundle. */
  void install(BundleContext context, RevisionBundles bundles) {
    try {
      Bundle made = context.installBundle(label.location());
      bundle = made;
      loader.bundle(made);
      bundles.add(made, this);
      context
          .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
          .adapt(FrameworkWiring.class)
          .resolveBundles(List.of(made));
      made.start(Bundle.START_TRANSIENT);
      ownDoing = false;
      state = new BundleState(Optional.of(made.getBundleId()), Optional.empty());
      // What it imports may have been refreshed since it was loaded, at the latest while it
      // started.
      if (isResolved(made) && !isWiredAsLoaded(made)) {
        stale = true;
        LOG.info("{} is loaded again: what it imports was refreshed", label);
        bundles.rewired(this);
      }
    } catch (BundleException | IllegalStateException e) {
      LOG.error("{} serves, but can't be a bundle: {}", label, e.getMessage());
      state =
          new BundleState(installed().map(Bundle::getBundleId), Optional.of("" + e.getMessage()));
    }
  }

  private static boolean isResolved(Bundle made) {
    return (made.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) == 0;
  }

  private boolean isWiredAsLoaded(Bundle made) {
    Map<String, ClassLoader> wires = Wires.of(made);
    return compiled.imports().keySet().stream()
        .allMatch(name -> loader.importOf(name).orElse(null) == wires.get(name));
  }

  @Override
  public BundleState bundle() {
    return state;
  }

  /** Its bundle, if it came so far. */
  Optional<Bundle> installed() {
    return Optional.ofNullable(bundle);
  }

  @Override
  public boolean ownDoing() {
    return ownDoing;
  }

  boolean withdrawn() {
    return withdrawn;
  }

  @Override
  public void unresolved() {
    stale = true;
  }

  @Override
  public void uninstall() {
    withdrawn = true;
    ownDoing = true;
    target.withdraw(this);
  }

  @Override
  public Map<String, String> headers() {
    return RevisionHeaders.of(label, compiled);
  }

  @Override
  public Set<String> entries() {
    return entries.keySet();
  }

  @Override
  public Optional<byte[]> entry(String path) {
    return Optional.ofNullable(entries.get(path));
  }

  /** The first one until its bundle is refreshed; then one that sees what it is wired to now. */
  @Override
  public synchronized RevisionLoader loader() {
    Bundle made = bundle;
    if (stale && made != null && isResolved(made)) {
      stale = false;
      loader = new RevisionLoader(label.location(), entries, Wires.of(made), libraries);
      loader.bundle(made);
    }
    return loader;
  }
}
