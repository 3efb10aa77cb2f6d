package org.caravanserai.deploy;

import java.util.List;
import java.util.Optional;
import org.caravanserai.spi.Diagnostic;

/** What became of an attempt to change a file in a watched folder. */
public sealed interface SaveResult {

  /**
   * It is done (or would be).
   *
   * @param path the file's path
   * @param etag the hash of its content now
   * @param created whether there was none before
   * @param status as of {@link DeployResult.Live}; {@code applied} for a configuration, {@code
   *     saved} for a file that nobody takes; {@code would-be-...} for a dry run
   * @param deployment the deployment that it is, or is a part of
   * @param revision the number of the current revision
   * @param services the services of the deployment
   * @param differs whether the deployment is live, but the file could not be written
   * @param diagnostics warnings
   */
  record Saved(
      String path,
      String etag,
      boolean created,
      String status,
      Optional<String> deployment,
      Optional<Integer> revision,
      List<String> services,
      boolean differs,
      List<Diagnostic> diagnostics)
      implements SaveResult {}

  /**
   * It was refused; the file is what it was, and so is what is live.
   *
   * @param stage as of {@link DeployResult.Rejected}
   * @param diagnostics why
   */
  record Rejected(String stage, List<Diagnostic> diagnostics) implements SaveResult {}

  /**
   * It would restart bundles of others, and was not told to do so; nothing has changed.
   *
   * @param affected these bundles
   */
  record Disturbing(List<AffectedBundle> affected) implements SaveResult {}

  /**
   * The file is another than the caller has seen.
   *
   * @param now what is in it; empty if it is not there, or no text
   */
  record Outdated(Optional<FileText> now) implements SaveResult {}
}
