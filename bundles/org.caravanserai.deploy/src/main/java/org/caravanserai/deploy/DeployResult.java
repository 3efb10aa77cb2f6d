package org.caravanserai.deploy;

import java.util.List;
import org.caravanserai.spi.Diagnostic;

/** What became of an attempt to deploy. */
public sealed interface DeployResult {

  /**
   * It is live (or would be).
   *
   * @param status {@code live}, {@code would-be-live} for a dry run, {@code unchanged} if the
   *     source is the current one
   * @param revision the number of the revision
   * @param first whether it is the deployment's first
   * @param services the names of its services
   * @param affected the bundles of others that it restarted, or would
   * @param changes what was done beside services, in words, such as {@code feature orders 1.2.0
   *     installed}; for a dry run nothing
   * @param timings how long each step took
   */
  record Live(
      String status,
      int revision,
      boolean first,
      List<String> services,
      List<AffectedBundle> affected,
      List<String> changes,
      Timings timings)
      implements DeployResult {}

  /**
   * It would restart bundles of others, and was not told to do so; nothing has changed.
   *
   * @param affected these bundles
   */
  record Disturbing(List<AffectedBundle> affected) implements DeployResult {}

  /**
   * It was refused; whatever was live is live still.
   *
   * @param stage the step that failed: {@code compile}, {@code link}, {@code construct}, {@code
   *     check} or {@code conflict}
   * @param diagnostics why
   */
  record Rejected(String stage, List<Diagnostic> diagnostics) implements DeployResult {}

  /**
   * Another revision is current than the caller expected.
   *
   * @param current the number of the current revision; 0 if there is none
   */
  record Outdated(int current) implements DeployResult {}

  /**
   * There is no such deployment or revision to go back to.
   *
   * @param what what is missing, in words
   */
  record Missing(String what) implements DeployResult {}

  /**
   * How long each step took, in milliseconds.
   *
   * @param compileMs from source to class files
   * @param installMs from class files to a linked, checked instance
   * @param switchMs the change of revisions
   * @param persistMs making it durable
   */
  record Timings(double compileMs, double installMs, double switchMs, double persistMs) {}
}
