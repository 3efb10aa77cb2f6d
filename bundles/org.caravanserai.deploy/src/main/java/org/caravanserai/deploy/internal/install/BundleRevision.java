package org.caravanserai.deploy.internal.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** A revision that is an ordinary bundle from the first. */
final class BundleRevision implements RevisionBundles.Owned {

  private final RevisionLabel label;
  private final Bundle bundle;
  private final Compiled compiled;
  private final BundleTurn turn;
  private volatile boolean ownDoing = true;

  BundleRevision(RevisionLabel label, Bundle bundle, Compiled compiled, BundleTurn turn) {
    this.label = label;
    this.bundle = bundle;
    this.compiled = compiled;
    this.turn = turn;
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
  public boolean ownDoing() {
    return ownDoing;
  }

  /** Resolves it, starts it, and loads and links all its classes. */
  void start() throws RejectedException {
    try {
      bundle.start(Bundle.START_TRANSIENT);
    } catch (BundleException e) {
      throw unwired(e);
    }
    Linkage.link(compiled, bundle::loadClass);
    ownDoing = false;
  }

  private RejectedException unwired(BundleException failure) {
    String reason = String.valueOf(failure.getMessage());
    List<Diagnostic> found = new ArrayList<>();
    for (String each : compiled.imports().keySet()) {
      if (reason.contains("(osgi.wiring.package=" + each + ")")
          || reason.contains("'" + each + "'")) {
        found.add(Wires.broken(compiled, each, reason));
      }
    }
    if (found.isEmpty()) {
      found.add(Diagnostic.error(compiled.fileName(), 0, 0, "can't be wired: " + reason));
    }
    return new RejectedException(Stage.LINK, found);
  }

  @Override
  public List<Class<?>> services() throws RejectedException {
    return Linkage.services(compiled, bundle::loadClass);
  }

  @Override
  public List<Class<?>> classes() throws RejectedException {
    return Linkage.others(compiled, bundle::loadClass);
  }

  @Override
  public void publish() {
    // It is a bundle already.
  }

  @Override
  public BundleState bundle() {
    return new BundleState(Optional.of(bundle.getBundleId()), Optional.empty());
  }

  @Override
  public void unresolved() {
    // The framework wires it anew and loads its classes again.
  }

  @Override
  public void uninstall() {
    ownDoing = true;
    turn.run(() -> RevisionBundles.uninstall(bundle));
  }
}
