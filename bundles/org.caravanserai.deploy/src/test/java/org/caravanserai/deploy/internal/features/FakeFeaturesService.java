package org.caravanserai.deploy.internal.features;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.osgi.framework.Bundle;

/**
 * Works as Karaf's features service does: on a thread of its own, through three interfaces that it
 * holds in fields.
 */
final class FakeFeaturesService implements AutoCloseable {

  /** As Karaf's {@code BundleInstallSupport}. */
  interface Framework {
    void getInfo();

    void stopBundle(Bundle bundle, int options);

    void uninstall(Bundle bundle);

    void replaceDigraph(Map<String, String> policies, Map<String, Set<Long>> bundles);

    void refreshPackages(Collection<Bundle> bundles);
  }

  /** As {@code org.osgi.service.resolver.Resolver}. */
  interface Solver {
    Map<?, ?> resolve(Object context);
  }

  final List<String> done = new ArrayList<>();

  @SuppressWarnings("FieldMayBeFinal") // as Karaf's are final, and replaced all the same
  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  private final Framework installSupport = new Recorded();
  private final Solver resolver = context -> Map.of();

  private final class Recorded implements Framework {
    @Override
    public void getInfo() {
      done.add("info");
    }

    @Override
    public void stopBundle(Bundle bundle, int options) {
      done.add("stop");
    }

    @Override
    public void uninstall(Bundle bundle) {
      done.add("uninstall");
    }

    @Override
    public void replaceDigraph(Map<String, String> policies, Map<String, Set<Long>> bundles) {
      done.add("regions");
    }

    @Override
    public void refreshPackages(Collection<Bundle> bundles) {
      done.add("refresh");
    }
  }

  /** A change that stops and uninstalls a bundle, and refreshes. */
  Future<String> change(Bundle bundle) {
    return executor.submit(
        () -> {
          installSupport.getInfo();
          resolver.resolve("");
          installSupport.stopBundle(bundle, 1);
          installSupport.uninstall(bundle);
          installSupport.replaceDigraph(Map.of(), Map.of());
          installSupport.stopBundle(bundle, 1);
          installSupport.refreshPackages(List.of());
          return "changed";
        });
  }

  /** The same, and does not wait for its end. */
  boolean ask(Bundle bundle) {
    return !change(bundle).isCancelled();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
