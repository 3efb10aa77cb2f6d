package org.caravanserai.deploy.internal.library;

import aQute.bnd.osgi.Jar;
import java.io.IOException;
import java.util.Optional;
import java.util.jar.Attributes;
import org.caravanserai.deploy.internal.store.Sha256;
import org.osgi.framework.Constants;

/**
 * A library as a bundle.
 *
 * @param name the symbolic name of the bundle
 * @param version its version
 * @param sha256 the hash of the file that it was made from
 * @param bundle the bundle: the file itself, or the file wrapped
 */
record LibraryJar(String name, String version, String sha256, byte[] bundle) {

  /**
   * Reads a jar; one that is no bundle is wrapped as one.
   *
   * @param fileName tells its name and version if nothing in it does
   * @throws IOException if it is no jar that can be read, or none that can be a library; says why
   */
  static LibraryJar of(String fileName, byte[] content) throws IOException {
    String hash = Sha256.of(content);
    Attributes headers = headers(fileName, content);
    String symbolicName = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
    if (symbolicName == null) {
      return PlainJar.read(fileName, content).wrap(hash);
    }
    String host = headers.getValue(Constants.FRAGMENT_HOST);
    if (host != null) {
      throw new IOException("a fragment of the bundle " + host + ", which is no library by itself");
    }
    String version = headers.getValue(Constants.BUNDLE_VERSION);
    return new LibraryJar(
        symbolicName.split(";", 2)[0].strip(),
        Optional.ofNullable(version).map(String::strip).orElse("0.0.0"),
        hash,
        content);
  }

  private static Attributes headers(String fileName, byte[] content) throws IOException {
    try (Jar jar = PlainJar.open(fileName, content)) {
      return PlainJar.headers(jar);
    }
  }
}
