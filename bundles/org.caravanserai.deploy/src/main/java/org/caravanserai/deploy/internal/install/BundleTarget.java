package org.caravanserai.deploy.internal.install;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.deploy.internal.dependency.PrivateJars;
import org.caravanserai.spi.Diagnostic;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Installs each revision as an ordinary bundle with a location of its own: slower than {@link
 * ConnectTarget}, and at home in every framework.
 */
public final class BundleTarget implements InstallTarget {

  private final BundleContext context;
  private final BundleTurn turn;
  private final PrivateJars jars;
  private final RevisionBundles bundles;

  /**
   * Installs through that context.
   *
   * @param turn when bundles may come and go
   * @param jars what deployments have for themselves
   */
  public BundleTarget(BundleContext context, BundleTurn turn, PrivateJars jars) {
    this.jars = jars;
    this.context = context;
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
    turn.begin();
    try {
      return installNow(label, compiled);
    } finally {
      turn.end();
    }
  }

  private InstalledRevision installNow(RevisionLabel label, Compiled compiled)
      throws RejectedException {
    BundleRevision revision = null;
    try {
      Optional.ofNullable(context.getBundle(label.location()))
          .ifPresent(RevisionBundles::uninstall);
      Bundle bundle =
          context.installBundle(
              label.location(), new ByteArrayInputStream(RevisionJar.of(label, compiled, jars)));
      revision = new BundleRevision(label, bundle, compiled, turn);
      bundles.add(bundle, revision);
      revision.start();
      return revision;
    } catch (BundleException e) {
      throw new RejectedException(
          Stage.LINK,
          Diagnostic.error(compiled.fileName(), 0, 0, "can't be installed: " + e.getMessage()));
    } catch (RejectedException e) {
      Optional.ofNullable(revision).ifPresent(BundleRevision::uninstall);
      throw e;
    }
  }

  @Override
  public boolean loadsFrom(ClassLoader provider) {
    return false;
  }

  @Override
  public void close() {
    bundles.close();
  }
}
