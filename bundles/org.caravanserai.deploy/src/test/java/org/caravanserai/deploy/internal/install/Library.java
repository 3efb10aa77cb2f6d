package org.caravanserai.deploy.internal.install;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.caravanserai.deploy.internal.compile.CompiledClass;
import org.caravanserai.deploy.internal.compile.DeploymentCompiler;
import org.caravanserai.deploy.internal.compile.JavaCompiler;
import org.caravanserai.deploy.internal.compile.Packages;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;

/** Shared libraries for tests, made from source. */
final class Library {

  private Library() {}

  /** Installs and resolves one. */
  static Bundle install(
      BundleContext context,
      String name,
      String version,
      Map<String, String> headers,
      String source)
      throws Exception {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", name);
    attributes.putValue("Bundle-Version", version);
    headers.forEach(attributes::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeploymentCompiler compiler =
            new DeploymentCompiler(
                new JavaCompiler(Duration.ofSeconds(30)), () -> new Packages(List.of()), 1 << 20);
        JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (CompiledClass each :
          compiler.compile(name, source.getBytes(StandardCharsets.UTF_8)).classes()) {
        jar.putNextEntry(new ZipEntry(each.name().replace('.', '/') + ".class"));
        jar.write(each.bytes());
      }
    }
    Bundle bundle =
        context.installBundle(name + "/" + version, new ByteArrayInputStream(bytes.toByteArray()));
    context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(bundle));
    return bundle;
  }
}
