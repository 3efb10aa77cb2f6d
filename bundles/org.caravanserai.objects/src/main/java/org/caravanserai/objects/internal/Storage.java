package org.caravanserai.objects.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.objects.internal.disk.Disk;
import org.caravanserai.objects.internal.disk.Replacement;
import org.caravanserai.objects.internal.disk.UnusableDisk;
import org.caravanserai.objects.internal.secret.SecretStore;

/**
 * Where objects and secrets are kept.
 *
 * @param disk the file system
 * @param folder the folder of the objects' files
 * @param replacement how files are replaced
 * @param secrets the secrets
 * @param trouble why nothing can be kept; empty if all is well
 */
record Storage(
    Disk disk,
    Path folder,
    Replacement replacement,
    SecretStore secrets,
    Optional<String> trouble) {

  /**
   * Opens it, and finishes what a server that ended has left half done.
   *
   * @param data the folder of the server's data
   * @param environment the variables that may hold the key of the secrets
   * @param keyFile the file that holds it; empty for one of our own
   */
  static Storage open(Disk disk, Path data, Map<String, String> environment, Optional<Path> keyFile)
      throws IOException {
    Path folder = data.resolve("objects");
    disk.makeFolder(data);
    disk.makeFolder(folder);
    Replacement replacement = new Replacement(disk, data, folder);
    replacement.finish();
    return new Storage(
        disk,
        folder,
        replacement,
        SecretStore.open(disk, data, environment, keyFile, replacement),
        Optional.empty());
  }

  /** One that could not be opened. */
  static Storage unusable(Path data, String why) {
    Disk disk = new UnusableDisk(why);
    Path folder = data.resolve("objects");
    Replacement replacement = new Replacement(disk, data, folder);
    return new Storage(
        disk, folder, replacement, SecretStore.unusable(disk, data, replacement), Optional.of(why));
  }
}
