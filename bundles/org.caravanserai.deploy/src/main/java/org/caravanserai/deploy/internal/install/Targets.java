package org.caravanserai.deploy.internal.install;

import java.util.function.Supplier;
import org.caravanserai.connect.ConnectedModules;
import org.caravanserai.deploy.internal.compile.Packages;
import org.caravanserai.deploy.internal.dependency.PrivateJars;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The choice of the target that fits the framework. */
public final class Targets {

  /** By its name: on other frameworks than ours there is no such class. */
  private static final String MODULES = "org.caravanserai.connect.ConnectedModules";

  private Targets() {}

  /**
   * The one in two steps where the framework takes modules of ours, else ordinary bundles.
   *
   * @param packages the packages that can be imported now
   * @param turn when bundles may come and go
   * @param jars what deployments have for themselves
   */
  public static InstallTarget of(
      BundleContext context, Supplier<Packages> packages, BundleTurn turn, PrivateJars jars) {
    ServiceReference<?> modules = context.getServiceReference(MODULES);
    return modules == null
        ? new BundleTarget(context, turn, jars)
        : new ConnectTarget(
            context, (ConnectedModules) context.getService(modules), packages, turn, jars);
  }
}
