package org.caravanserai.deploy.internal.compile;

import java.util.Optional;

/**
 * The provider of a package that classes were compiled against.
 *
 * @param version the version of the package
 * @param library the hash of the shared library that has it; empty if another bundle does
 */
public record PackagePin(String version, Optional<String> library) {

  /** A package of a bundle that is no shared library. */
  public static PackagePin of(String version) {
    return new PackagePin(version, Optional.empty());
  }
}
