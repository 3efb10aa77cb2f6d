package org.caravanserai.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Finds libraries in Maven repositories, with all that they need to run. */
@ProviderType
public interface ArtifactResolver {

  /**
   * A jar that was found.
   *
   * @param name what it is, {@code group:artifact:version}
   * @param file where it lies now; it may change or go later
   */
  record Artifact(String name, Path file) {}

  /**
   * Finds libraries and what they need (Maven's scopes compile and runtime), each of one version.
   *
   * @param artifacts those asked for, {@code group:artifact:version}
   * @return all jars, in the order of a class path
   * @throws IOException if one is missing or a repository can't be asked; the message says what was
   *     looked for, and where
   */
  List<Artifact> resolve(List<String> artifacts) throws IOException;
}
