package org.caravanserai.deploy;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the compiler of the deployments knows of a Java source that is being written, which need not
 * compile. It sees what the deployment of that file would see.
 */
@ProviderType
public interface CodeAssist {

  /**
   * What may stand at a place.
   *
   * @param path the file's path, as of {@link FolderFiles}; it need not be there
   * @param text what is to be in it
   * @param offset the place, in characters from 0
   */
  Completions complete(String path, String text, int offset) throws FileRefusedException;

  /**
   * What stands at a place; empty if there is nothing to say of it.
   *
   * @param path the file's path, as of {@link FolderFiles}; it need not be there
   * @param text what is to be in it
   * @param offset the place, in characters from 0
   */
  Optional<Hover> hover(String path, String text, int offset) throws FileRefusedException;

  /**
   * What may stand at a place.
   *
   * @param from where what it replaces begins, in characters from 0
   * @param to where that ends
   * @param items what may stand there, the likeliest first
   */
  record Completions(int from, int to, List<Item> items) {

    /** Nothing. */
    public static Completions none(int offset) {
      return new Completions(offset, offset, List.of());
    }
  }

  /**
   * Something that may stand at a place.
   *
   * @param label how it is shown
   * @param kind {@code method}, {@code field}, {@code variable}, {@code class}, {@code interface},
   *     {@code enum}, {@code package}, {@code keyword}, {@code property}, {@code value}
   * @param detail its type, and where it comes from
   * @param insert what is written
   * @param documentation what is said of it, in Markdown
   * @param importName the type that must be imported for it
   */
  record Item(
      String label,
      String kind,
      String detail,
      String insert,
      Optional<String> documentation,
      Optional<String> importName) {}

  /**
   * What stands at a place.
   *
   * @param from where it begins, in characters from 0
   * @param to where it ends
   * @param signature its declaration in one line
   * @param documentation what is said of it, in Markdown
   */
  record Hover(int from, int to, String signature, Optional<String> documentation) {}
}
