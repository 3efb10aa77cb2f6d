package org.caravanserai.objects;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The secrets to which objects refer as <code>${secret:NAME}</code>. They go in, and never come out
 * again.
 */
@ProviderType
public interface Secrets {

  /** The names of all, in order. */
  List<String> names();

  /**
   * Sets a secret; objects that wait for it open, those that use it change.
   *
   * @param name anything of at most 500 characters without control characters and <code>}</code>
   * @param value the secret
   * @throws ConfigurationRefusedException if the name is none
   * @throws java.io.UncheckedIOException if it can't be stored; nothing has changed
   */
  void set(String name, String value);

  /**
   * Deletes a secret.
   *
   * @throws ConfigurationRefusedException if there is none, or an object refers to it
   * @throws java.io.UncheckedIOException if that can't be stored; nothing has changed
   */
  void delete(String name);

  /**
   * Makes a new key and encrypts all secrets under it.
   *
   * @throws ConfigurationRefusedException if the key is not the server's to change; the message
   *     says what to do
   * @throws java.io.UncheckedIOException if that can't be stored; nothing has changed
   */
  void rotate();
}
