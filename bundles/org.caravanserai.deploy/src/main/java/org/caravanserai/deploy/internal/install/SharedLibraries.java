package org.caravanserai.deploy.internal.install;

import java.util.Optional;
import org.osgi.framework.Bundle;

/** Which bundles are shared libraries. */
public interface SharedLibraries {

  /** The directive of an imported package that names the library it must come from. */
  String PIN = "x-serai-library";

  /**
   * What a bundle is as a library.
   *
   * @param sha256 the hash of the file that it was made from
   * @param offered whether sources are compiled against it
   */
  record Mark(String sha256, boolean offered) {}

  /** What a bundle is as a library; empty if it is none. */
  Optional<Mark> of(Bundle bundle);

  /** Grows whenever another answer may be given for some bundle. */
  long changes();
}
