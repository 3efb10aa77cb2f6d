package org.caravanserai.camel.internal;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One class loader over all bundles with Camel components, through which Camel finds components,
 * data formats, languages and type converters.
 *
 * <p>It shows Camel's own resources only: with others, the service files of one connector's
 * libraries would reach another connector.
 */
final class ConnectorClassLoader extends ClassLoader {

  private static final List<String> RESOURCES =
      List.of("META-INF/services/org/apache/camel/", "org/apache/camel/");
  private static final List<String> CLASSES = List.of("org.apache.camel.", "org.caravanserai.");

  private final CopyOnWriteArrayList<ClassLoader> connectors = new CopyOnWriteArrayList<>();

  /** A class loader that sees Camel's core only. */
  ConnectorClassLoader(ClassLoader core) {
    super(core);
  }

  /** Adds the class loader of a bundle. */
  void add(ClassLoader connector) {
    connectors.addIfAbsent(connector);
  }

  /** Takes the class loader of a bundle away. */
  void remove(ClassLoader connector) {
    connectors.remove(connector);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (CLASSES.stream().anyMatch(name::startsWith)) {
      for (ClassLoader connector : connectors) {
        try {
          return connector.loadClass(name);
        } catch (ClassNotFoundException e) {
          // The next one may have it.
        }
      }
    }
    throw new ClassNotFoundException(name);
  }

  @Override
  public @Nullable URL getResource(String name) {
    return shows(name) ? super.getResource(name) : null;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return shows(name) ? super.getResources(name) : Collections.emptyEnumeration();
  }

  @Override
  protected @Nullable URL findResource(String name) {
    for (ClassLoader connector : connectors) {
      URL resource = connector.getResource(name);
      if (resource != null) {
        return resource;
      }
    }
    return null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    Set<String> seen = new LinkedHashSet<>();
    List<URL> found = new ArrayList<>();
    for (ClassLoader connector : connectors) {
      for (URL resource : Collections.list(connector.getResources(name))) {
        if (seen.add(resource.toExternalForm())) {
          found.add(resource);
        }
      }
    }
    return Collections.enumeration(found);
  }

  private static boolean shows(String name) {
    return RESOURCES.stream().anyMatch(name::startsWith);
  }
}
