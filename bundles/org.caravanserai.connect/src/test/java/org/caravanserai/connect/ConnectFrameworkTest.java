package org.caravanserai.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

class ConnectFrameworkTest {

  private static final String LOCATION = "serai:hello/1";

  @TempDir Path data;
  private Framework framework;

  @BeforeEach
  void start() throws BundleException {
    Map<String, String> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, data.toString());
    framework = new ConnectFramework().newFramework(configuration);
    framework.start();
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }

  @Test
  void exportsItsPackageFromTheSystemBundleBesideWhatElseIsAskedFor() throws Exception {
    stop();
    Map<String, String> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, data.toString());
    configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "com.acme.other;version=2");
    framework = new ConnectFramework().newFramework(configuration);
    framework.start();
    assertThat(framework.adapt(BundleWiring.class).getCapabilities("osgi.wiring.package"))
        .extracting(each -> each.getAttributes().get("osgi.wiring.package"))
        .contains("org.caravanserai.connect", "com.acme.other");
  }

  @Test
  void makesABundleOfAModuleWithItsOwnClassLoader() throws Exception {
    ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    modules().put(LOCATION, new Hello(loader));
    Bundle bundle = framework.getBundleContext().installBundle(LOCATION);
    bundle.start();
    assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
    assertThat(bundle.getSymbolicName()).isEqualTo("hello");
    assertThat(bundle.getHeaders().get("Serai-Service")).isEqualTo("Hello");
    assertThat(bundle.adapt(BundleWiring.class).getClassLoader()).isSameAs(loader);
    assertThat(bundle.loadClass(Hello.class.getName())).isSameAs(Hello.class);
    try (InputStream entry = bundle.getEntry("greeting.txt").openStream()) {
      assertThat(entry).hasContent("hello");
    }
    assertThat(bundle.getEntry("nothing.txt")).isNull();
  }

  @Test
  void knowsNothingOfLocationsThatWereTakenAway() throws Exception {
    modules().put(LOCATION, new Hello(getClass().getClassLoader()));
    Bundle bundle = framework.getBundleContext().installBundle(LOCATION);
    bundle.uninstall();
    modules().remove(LOCATION);
    assertThatThrownBy(() -> framework.getBundleContext().installBundle(LOCATION))
        .isInstanceOf(BundleException.class);
  }

  @Test
  void keepsNothingOfAModuleThatWasTakenAwayEvenIfItsBundleIsKept() throws Exception {
    ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    WeakReference<ClassLoader> left = new WeakReference<>(loader);
    modules().put(LOCATION, new Hello(loader));
    loader = null;
    Bundle kept = framework.getBundleContext().installBundle(LOCATION);
    kept.start();
    kept.uninstall();
    modules().remove(LOCATION);
    await()
        .until(
            () -> {
              System.gc();
              return left.get() == null;
            });
    assertThat(kept.getState()).isEqualTo(Bundle.UNINSTALLED);
  }

  @Test
  void takesNoLocationsOfOthers() {
    assertThatThrownBy(
            () -> modules().put("mvn:com.acme/a/1", new Hello(getClass().getClassLoader())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mvn:com.acme/a/1");
  }

  @Test
  void startsWithoutTheModulesAndLibrariesOfAnEarlierRunAndWithEverythingElse() throws Exception {
    modules().put(LOCATION, new Hello(getClass().getClassLoader()));
    framework.getBundleContext().installBundle(LOCATION).start();
    framework.getBundleContext().installBundle("serai-lib:a:1:0", Library.named("a")).start();
    framework.getBundleContext().installBundle("other:1", Library.named("other")).start();
    // As after a kill: nothing is uninstalled.
    stop();
    start();
    assertThat(Arrays.stream(framework.getBundleContext().getBundles()))
        .extracting(Bundle::getLocation)
        .containsExactly(Constants.SYSTEM_BUNDLE_LOCATION, "other:1");
  }

  private ConnectedModules modules() {
    BundleContext context = framework.getBundleContext();
    return Optional.ofNullable(context.getServiceReference(ConnectedModules.class))
        .map(context::getService)
        .orElseThrow();
  }

  /** A module with one entry. */
  private record Hello(ClassLoader loader) implements Module {

    @Override
    public Map<String, String> headers() {
      return Map.of(
          "Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "hello", "Serai-Service", "Hello");
    }

    @Override
    public Set<String> entries() {
      return Set.of("greeting.txt");
    }

    @Override
    public Optional<byte[]> entry(String path) {
      return List.of("greeting.txt").contains(path)
          ? Optional.of("hello".getBytes(StandardCharsets.UTF_8))
          : Optional.empty();
    }
  }
}
