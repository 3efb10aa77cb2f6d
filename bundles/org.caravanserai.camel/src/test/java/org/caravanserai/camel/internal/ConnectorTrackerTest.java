package org.caravanserai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

class ConnectorTrackerTest {

  private static final String COMPONENT = "META-INF/services/org/apache/camel/component/carrier";
  private static final String CLASS = "org/caravanserai/camel/internal/ConnectorTrackerTest.class";

  private final ConnectorClassLoader loader =
      new ConnectorClassLoader(ClassLoader.getPlatformClassLoader());
  private Framework felix;
  private ConnectorTracker tracker;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    felix =
        new FrameworkFactory()
            .newFramework(
                Map.of(Constants.FRAMEWORK_STORAGE, folder.toString(), "felix.log.level", "1"));
    felix.start();
    tracker = new ConnectorTracker(felix.getBundleContext(), loader);
    tracker.open();
  }

  @AfterEach
  void stop() throws Exception {
    tracker.close();
    felix.stop();
    felix.waitForStop(10_000);
  }

  private Bundle install(String name, boolean connector) throws Exception {
    return connector
        ? install(name, "Camel-Connector", "true")
        : install(name, "DynamicImport-Package", "*");
  }

  private Bundle install(String name, String header, String value) throws Exception {
    Bundle bundle = felix.getBundleContext().installBundle(name, bundle(name, header, value));
    bundle.start();
    return bundle;
  }

  private static InputStream bundle(String name, String header, String value) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", name);
    headers.putValue("DynamicImport-Package", "*");
    headers.putValue(header, value);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream compiled =
            ConnectorTrackerTest.class.getClassLoader().getResourceAsStream(CLASS)) {
      for (String entry : new String[] {COMPONENT, "META-INF/services/jakarta.mail.Provider"}) {
        jar.putNextEntry(new JarEntry(entry));
        jar.write(name.getBytes(StandardCharsets.UTF_8));
      }
      jar.putNextEntry(new JarEntry(CLASS));
      jar.write(compiled.readAllBytes());
    }
    return new ByteArrayInputStream(out.toByteArray());
  }

  private static String text(URL resource) throws IOException {
    try (InputStream in = resource.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void showsWhatConnectorsHaveForCamelAndNothingElse() throws Exception {
    install("other", false);
    assertThat(loader.getResource(COMPONENT)).isNull();

    install("one", true);
    install("two", true);

    assertThat(text(loader.getResource(COMPONENT))).isEqualTo("one");
    assertThat(Collections.list(loader.getResources(COMPONENT))).hasSize(2);
    assertThat(loader.getResource("META-INF/services/jakarta.mail.Provider")).isNull();
    assertThat(loader.getResources("META-INF/services/jakarta.mail.Provider").hasMoreElements())
        .isFalse();
  }

  @Test
  void showsWhatUsesTheSameCamelAndBringsSomethingForIt() throws Exception {
    // In this test the framework's own bundle is the one with Camel.
    Bundle jar = install("jar", "Import-Package", "org.osgi.framework");

    assertThat(text(loader.getResource(COMPONENT))).isEqualTo("jar");
    jar.uninstall();
    assertThat(loader.getResource(COMPONENT)).isNull();
  }

  @Test
  void loadsTheirClassesAsLongAsTheyAreActive() throws Exception {
    Bundle one = install("one", true);
    String name = ConnectorTrackerTest.class.getName();

    assertThat(loader.loadClass(name).getClassLoader())
        .isEqualTo(one.adapt(BundleWiring.class).getClassLoader());
    assertThatThrownBy(() -> loader.loadClass("org.elsewhere.Thing"))
        .isInstanceOf(ClassNotFoundException.class);
    one.stop();
    assertThat(loader.getResource(COMPONENT)).isNull();
  }
}
