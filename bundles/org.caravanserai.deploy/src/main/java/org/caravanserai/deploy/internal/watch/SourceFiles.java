package org.caravanserai.deploy.internal.watch;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What becomes of the files of watched folders that are deployments. */
public interface SourceFiles {

  /** The name of the deployment that a file of that name is; empty if it is none. */
  Optional<String> deploymentName(String fileName);

  /**
   * A file whose content may not have been seen yet.
   *
   * @param name the deployment's name, which is the file's base name
   * @param tentative whether it may be unfinished; then nothing happens if it does not compile
   * @return whether it was taken for finished
   */
  boolean changed(String name, Path file, byte[] content, boolean tentative);

  /** A file that is not there any more. */
  void gone(String name, Path file);

  /** The file from which the deployment of that name comes; empty if there is none. */
  Optional<Path> origin(String name);

  /** Whether a file is a deployment whose content was refused last. */
  boolean isRefused(String name, Path file);

  /** The files from which live deployments and libraries come, with the hash last seen in each. */
  Map<Path, String> seen();

  /**
   * Called every now and then, when files have been looked at.
   *
   * @return whether packages have come or gone, so that what was refused may be taken now
   */
  boolean tick();
}
