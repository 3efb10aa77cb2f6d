package org.caravanserai.connect;

import java.io.File;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/** Answers the framework's question what a location stands for. */
final class ModuleTable implements ModuleConnector, ConnectedModules {

  private final Map<String, ModuleContent> modules = new ConcurrentHashMap<>();

  @Override
  public void initialize(File storage, Map<String, String> configuration) {
    BundleCache.clean(storage.toPath());
  }

  @Override
  public Optional<ConnectModule> connect(String location) {
    return Optional.ofNullable(modules.get(location)).map(found -> () -> found);
  }

  @Override
  public Optional<BundleActivator> newBundleActivator() {
    return Optional.of(
        new BundleActivator() {
          @Override
          public void start(BundleContext context) {
            context.registerService(ConnectedModules.class, ModuleTable.this, null);
          }

          @Override
          public void stop(BundleContext context) {
            // The framework takes the service away.
          }
        });
  }

  @Override
  public void put(String location, Module module) {
    if (!location.startsWith(SCHEME)) {
      throw new IllegalArgumentException(location + " does not begin with " + SCHEME);
    }
    modules.put(location, new ModuleContent(module));
  }

  @Override
  public void remove(String location) {
    ModuleContent removed = modules.remove(location);
    if (removed != null) {
      removed.forget();
    }
  }
}
