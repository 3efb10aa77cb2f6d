package org.caravanserai.maven;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The classes of one compilation, and which of them are services: public, not abstract, and an
 * {@code org.caravanserai.api.Service}, also through another class.
 *
 * @param all the names of all classes
 * @param services the names of those that are services
 */
record ServiceClasses(Set<String> all, Set<String> services) {

  private static final String SERVICE = "org.caravanserai.api.Service";

  /**
   * Looks through a folder of classes; none of them is initialised.
   *
   * @param classPath what they were compiled against
   */
  static ServiceClasses in(Path classes, List<Path> classPath) throws IOException {
    List<URL> urls = new ArrayList<>(List.of(classes.toUri().toURL()));
    for (Path each : classPath) {
      urls.add(each.toUri().toURL());
    }
    Set<String> all = new TreeSet<>();
    Set<String> services = new TreeSet<>();
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      for (Path file : SourceCompiler.below(classes, ".class")) {
        String path = classes.relativize(file).toString().replace('\\', '/');
        String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
        all.add(name);
        if (isService(name, loader)) {
          services.add(name);
        }
      }
    }
    return new ServiceClasses(all, services);
  }

  private static boolean isService(String name, ClassLoader loader) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      int modifiers = type.getModifiers();
      return Modifier.isPublic(modifiers)
          && !Modifier.isAbstract(modifiers)
          && Class.forName(SERVICE, false, loader).isAssignableFrom(type);
    } catch (ClassNotFoundException | LinkageError e) {
      // What can't be loaded here is not known to be a service.
      return false;
    }
  }
}
