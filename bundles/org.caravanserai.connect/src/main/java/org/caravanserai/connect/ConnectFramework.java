package org.caravanserai.connect;

import java.util.HashMap;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/**
 * Makes a Felix framework that also takes modules of ours for bundles. Karaf finds it by its
 * property {@code karaf.framework.factory}.
 */
public final class ConnectFramework implements org.osgi.framework.launch.FrameworkFactory {

  private static final String PACKAGE = ConnectFramework.class.getPackageName() + ";version=1.0.0";

  /** Made by Karaf. */
  public ConnectFramework() {}

  @Override
  public Framework newFramework(Map<String, String> configuration) {
    Map<String, String> own = new HashMap<>(configuration);
    own.merge(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        PACKAGE,
        (others, ours) -> others.isBlank() ? ours : others + "," + ours);
    return new FrameworkFactory().newFramework(own, new ModuleTable());
  }
}
