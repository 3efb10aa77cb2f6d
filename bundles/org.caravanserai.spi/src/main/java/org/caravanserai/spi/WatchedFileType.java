package org.caravanserai.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A type of file that takes effect when it lies in a watched folder, and is no deployment: it has
 * no revisions, and whoever takes it remembers what it says.
 *
 * <p>Register it as an OSGi service. The watcher calls its methods one at a time.
 */
@ConsumerType
public interface WatchedFileType {

  /**
   * Tells whether a file is of this type, by its path alone.
   *
   * @param file where it lies
   */
  boolean accepts(Path file);

  /** The greatest size of a file of this type, in bytes; empty for what the watcher allows all. */
  default OptionalLong maxSize() {
    return OptionalLong.empty();
  }

  /**
   * Tells what would be wrong with a file, and changes nothing. Called from any thread.
   *
   * @param path where the file lies, or would lie, absolute
   * @param content its content
   */
  default List<Diagnostic> check(String path, byte[] content) {
    return List.of();
  }

  /**
   * Makes a new or changed file take effect; if that fails, what was there before stays in effect,
   * and the file comes again when packages have come or gone that it may have missed.
   *
   * @param path where the file lies, absolute
   * @param content its content
   * @return what is wrong with it; with an error among them nothing of it has taken effect
   */
  List<Diagnostic> deploy(String path, byte[] content);

  /**
   * Ends the effect of a file that is gone.
   *
   * @param path where it lay
   */
  void undeploy(String path);
}
