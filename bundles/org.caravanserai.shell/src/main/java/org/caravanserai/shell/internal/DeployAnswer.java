package org.caravanserai.shell.internal;

import java.util.List;
import java.util.Optional;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.spi.Diagnostic;

/** What became of an attempt to deploy, with the members that the admin API gives it. */
sealed interface DeployAnswer {

  /** How it ended, in the contract's word. */
  String status();

  /**
   * It is live, or would be.
   *
   * @param source {@code differs} if the file that it comes from could not be written
   */
  record Live(
      String status,
      int revision,
      List<String> services,
      List<String> changes,
      List<AffectedBundle> affected,
      DeployResult.Timings timings,
      Optional<String> source)
      implements DeployAnswer {}

  /** It was refused. */
  record Rejected(String status, String stage, List<Diagnostic> diagnostics)
      implements DeployAnswer {}

  /** It would restart bundles of others. */
  record Disturbing(String status, List<AffectedBundle> affected) implements DeployAnswer {}

  /** It could not be tried. */
  record Untried(String status, String detail) implements DeployAnswer {}

  /** Tells what became of it. */
  static DeployAnswer of(String name, DeployResult result, Deployments deployments) {
    if (result instanceof DeployResult.Live live) {
      Optional<String> differing =
          deployments.find(name).map(DeploymentInfo::source).filter("differs"::equals);
      return new Live(
          live.status(),
          live.revision(),
          live.services(),
          live.changes(),
          live.affected(),
          live.timings(),
          differing);
    }
    if (result instanceof DeployResult.Rejected rejected) {
      return new Rejected("rejected", rejected.stage(), rejected.diagnostics());
    }
    if (result instanceof DeployResult.Disturbing disturbing) {
      return new Disturbing("disturbing", disturbing.affected());
    }
    return new Untried("missing", DeployWords.of(name, result));
  }
}
