package org.caravanserai.deploy.internal.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.deploy.internal.compile.CompiledClass;
import org.caravanserai.deploy.internal.compile.CompiledSource;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.deploy.internal.compile.SourceHead.ImportLine;
import org.caravanserai.spi.Diagnostic;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A revision that is a bundle of its own. */
final class BundleRevision implements InstalledRevision {

  private static final Logger LOG = LoggerFactory.getLogger(BundleRevision.class);

  private final RevisionLabel label;
  private final Bundle bundle;
  private final String fileName;
  private final List<String> services;

  /** Whether stops and starts of the bundle are our own doing. */
  private volatile boolean ownDoing = true;

  BundleRevision(RevisionLabel label, Bundle bundle, CompiledSource source) {
    this.label = label;
    this.bundle = bundle;
    this.fileName = source.fileName();
    this.services = source.services().stream().map(CompiledClass::name).toList();
  }

  @Override
  public RevisionLabel label() {
    return label;
  }

  boolean ownDoing() {
    return ownDoing;
  }

  /** Resolves it, starts it, and loads and links all its classes. */
  void start(CompiledSource source) throws RejectedException {
    try {
      bundle.start(Bundle.START_TRANSIENT);
    } catch (BundleException e) {
      throw unwired(source, e);
    }
    for (CompiledClass each : source.classes()) {
      link(source, each);
    }
    ownDoing = false;
  }

  private void link(CompiledSource source, CompiledClass compiled) throws RejectedException {
    try {
      // Asking for members makes the VM verify and link a class without running its initialiser.
      int members = bundle.loadClass(compiled.name()).getDeclaredMethods().length;
      LOG.trace("{}: {} has {} methods", label, compiled.name(), members);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new RejectedException(
          Stage.LINK, source.errorAt(compiled.name(), "can't be linked: " + e));
    }
  }

  private static RejectedException unwired(CompiledSource source, BundleException failure) {
    String reason = String.valueOf(failure.getMessage());
    List<Diagnostic> found = new ArrayList<>();
    for (Map.Entry<String, String> each : source.imports().entrySet()) {
      if (reason.contains("(osgi.wiring.package=" + each.getKey() + ")")
          || reason.contains("'" + each.getKey() + "'")) {
        Optional<ImportLine> line = source.head().importOf(each.getKey());
        found.add(
            Diagnostic.error(
                source.fileName(),
                line.map(ImportLine::line).orElse(0),
                line.map(ImportLine::column).orElse(0),
                "package "
                    + each.getKey()
                    + " (version "
                    + each.getValue()
                    + ") can't be wired: "
                    + reason));
      }
    }
    if (found.isEmpty()) {
      found.add(Diagnostic.error(source.fileName(), 0, 0, "can't be wired: " + reason));
    }
    return new RejectedException(Stage.LINK, found);
  }

  @Override
  public List<Class<?>> services() throws RejectedException {
    List<Class<?>> classes = new ArrayList<>();
    for (String each : services) {
      try {
        classes.add(bundle.loadClass(each));
      } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
        throw new RejectedException(
            Stage.LINK, Diagnostic.error(fileName, 0, 0, each + " can't be linked: " + e));
      }
    }
    return classes;
  }

  @Override
  public void uninstall() {
    ownDoing = true;
    try {
      if (bundle.getState() != Bundle.UNINSTALLED) {
        bundle.uninstall();
      }
    } catch (BundleException | IllegalStateException e) {
      LOG.warn("Bundle {} of {} can't be uninstalled: {}", bundle, label, e.getMessage());
    }
  }
}
