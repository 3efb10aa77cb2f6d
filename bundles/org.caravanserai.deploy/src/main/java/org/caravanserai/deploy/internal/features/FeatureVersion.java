package org.caravanserai.deploy.internal.features;

import aQute.bnd.version.MavenVersion;
import org.apache.karaf.features.Feature;
import org.osgi.framework.Version;

/** A feature's version as the resolver has it. */
final class FeatureVersion {

  private FeatureVersion() {}

  static Version of(Feature feature) {
    return Version.parseVersion(
        MavenVersion.parseMavenString(feature.getVersion()).getOSGiVersion().toString());
  }
}
