package org.caravanserai.deploy.internal.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;

/**
 * The manifest of a jar, as far as it says what kind of bundle it is.
 *
 * @param headers its main attributes
 */
record BundleJar(Attributes headers) {

  /** The header that names the classes of services. */
  static final String SERVICES = "Serai-Service";

  /**
   * What makes a bundle more than its services, so that two of them could not live side by side.
   */
  private static final List<String> MORE =
      List.of(
          Constants.EXPORT_PACKAGE,
          Constants.BUNDLE_ACTIVATOR,
          "Service-Component",
          Constants.REQUIRE_BUNDLE,
          Constants.FRAGMENT_HOST,
          Constants.DYNAMICIMPORT_PACKAGE,
          Constants.BUNDLE_CLASSPATH,
          Constants.BUNDLE_NATIVECODE,
          "Bundle-Blueprint");

  /** Reads the manifest, which is among a jar's first entries; empty if there is none. */
  static Optional<BundleJar> of(byte[] content) {
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(content), false)) {
      return Optional.ofNullable(jar.getManifest())
          .map(Manifest::getMainAttributes)
          .map(BundleJar::new);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether it is a bundle that is more than its services, or has none.
   *
   * @param content the jar
   */
  boolean isMore(byte[] content) {
    if (headers.getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
      return false;
    }
    return MORE.stream().anyMatch(each -> headers.getValue(each) != null)
        || (headers.getValue(SERVICES) == null && !AnnotatedClasses.are(content));
  }

  boolean isFragment() {
    return headers.getValue(Constants.FRAGMENT_HOST) != null;
  }

  /** The classes of services that it names. */
  List<String> services() {
    return listed(headers.getValue(SERVICES));
  }

  /** The classes that a header names. */
  static List<String> listed(@Nullable String header) {
    return header == null
        ? List.of()
        : Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
  }
}
