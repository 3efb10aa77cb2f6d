package org.caravanserai.deploy;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The files in the watched folders, for those who edit them: what is saved takes effect by that, or
 * is refused.
 *
 * <p>A path has slashes and begins with the name of its watched folder: {@code deploy/orders.java}.
 * There is none to hidden files, nor by links to what lies elsewhere.
 *
 * <p>What changes anything throws {@link java.io.UncheckedIOException} when it can't be stored.
 */
@ProviderType
public interface FolderFiles {

  /** The folders. */
  List<Folder> folders();

  /** All files, by path. */
  List<FolderFile> list();

  /**
   * The text of a file.
   *
   * @throws FileRefusedException if there is none, or it is no text
   */
  FileText read(String path) throws FileRefusedException;

  /**
   * Makes a text the content of a file, once it has taken effect: a source is deployed, a
   * configuration is checked first.
   *
   * @param text the text, UTF-8
   * @param condition what must hold of the file
   * @param dryRun only tell what would be wrong: what compiles is not tried any further
   * @param force also if bundles of others are restarted by it
   */
  SaveResult save(String path, byte[] text, FileCondition condition, boolean dryRun, boolean force)
      throws FileRefusedException;

  /**
   * Deletes a file, and ends its effect.
   *
   * @param condition what must hold of the file
   */
  SaveResult delete(String path, FileCondition condition) throws FileRefusedException;

  /**
   * Gives a file another path. Its services keep serving: the deployment of the new name has them
   * before that of the old one goes.
   *
   * @param to the other path, of no file, for a file of the same type
   * @param condition what must hold of the file
   */
  SaveResult rename(String path, String to, FileCondition condition) throws FileRefusedException;
}
