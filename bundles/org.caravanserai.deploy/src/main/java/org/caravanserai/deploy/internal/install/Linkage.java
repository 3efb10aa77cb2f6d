package org.caravanserai.deploy.internal.install;

import java.util.ArrayList;
import java.util.List;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.CompiledClass;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loading of a revision's classes. */
final class Linkage {

  private static final Logger LOG = LoggerFactory.getLogger(Linkage.class);

  /** Loads a class. */
  interface Classes {

    /** As {@link ClassLoader#loadClass(String)}. */
    Class<?> load(String name) throws ClassNotFoundException;
  }

  private Linkage() {}

  /**
   * Loads and links all classes, so that nothing is missing later.
   *
   * @throws RejectedException if one can't be
   */
  static void link(Compiled compiled, Classes classes) throws RejectedException {
    for (CompiledClass each : compiled.classes()) {
      Class<?> loaded = find(compiled, each, classes);
      try {
        // Asking for members makes the VM verify and link a class without running its initialiser.
        int members = loaded.getDeclaredMethods().length;
        LOG.trace("{} has {} methods", each.name(), members);
      } catch (LinkageError e) {
        throw unlinked(compiled, each, e);
      }
    }
  }

  /**
   * The classes that are services.
   *
   * @throws RejectedException if one can't be loaded
   */
  static List<Class<?>> services(Compiled compiled, Classes classes) throws RejectedException {
    return load(compiled, compiled.services(), classes);
  }

  /**
   * The classes that are none.
   *
   * @throws RejectedException if one can't be loaded
   */
  static List<Class<?>> others(Compiled compiled, Classes classes) throws RejectedException {
    return load(
        compiled, compiled.classes().stream().filter(each -> !each.service()).toList(), classes);
  }

  private static List<Class<?>> load(Compiled compiled, List<CompiledClass> which, Classes classes)
      throws RejectedException {
    List<Class<?>> found = new ArrayList<>();
    for (CompiledClass each : which) {
      found.add(find(compiled, each, classes));
    }
    return found;
  }

  private static Class<?> find(Compiled compiled, CompiledClass each, Classes classes)
      throws RejectedException {
    try {
      return classes.load(each.name());
    } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
      throw unlinked(compiled, each, e);
    }
  }

  private static RejectedException unlinked(
      Compiled compiled, CompiledClass each, Throwable failure) {
    return new RejectedException(
        Stage.LINK, compiled.errorAt(each.name(), "can't be linked: " + failure));
  }
}
