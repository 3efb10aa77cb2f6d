package org.caravanserai.sql.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDBC drivers of the container: any bundle that names one as the JDBC specification (section
 * 9.2.1) wants it, in {@code META-INF/services/java.sql.Driver}. None is loaded before it is asked
 * for.
 *
 * @param context where the bundles are
 */
record BundleDrivers(BundleContext context) implements Drivers {

  private static final Logger LOG = LoggerFactory.getLogger(BundleDrivers.class);
  private static final String SERVICE = "META-INF/services/java.sql.Driver";

  @Override
  public Optional<Driver> find(String url) throws SQLException {
    for (Bundle bundle : context.getBundles()) {
      URL entry =
          (bundle.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) == 0
              ? bundle.getEntry(SERVICE)
              : null;
      for (String name : entry == null ? List.<String>of() : names(entry)) {
        Driver driver = driver(bundle, name);
        if (driver != null && driver.acceptsURL(url)) {
          return Optional.of(driver);
        }
      }
    }
    return Optional.empty();
  }

  private static @org.jspecify.annotations.Nullable Driver driver(Bundle bundle, String name) {
    try {
      return (Driver) bundle.loadClass(name).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      LOG.warn("The driver {} of bundle {} is of no use: {}", name, bundle, e.toString());
      return null;
    }
  }

  private static List<String> names(URL entry) {
    List<String> names = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(entry.openStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int comment = line.indexOf('#');
        String name = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      LOG.warn("{} can't be read: {}", entry, e.toString());
    }
    return names;
  }
}
