package org.caravanserai.deploy.internal.engine;

import java.util.List;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.DeploymentCompiler;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.deploy.internal.install.InstallTarget;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.caravanserai.deploy.internal.install.RevisionLabel;
import org.caravanserai.runtime.ServiceRevision;

/** Makes candidates of what is deployed, beside whatever is served. */
final class RevisionMaker {

  private final DeploymentCompiler compiler;
  private final InstallTarget target;
  private final ServicePreparation preparation;
  private final Switchboard switchboard;

  RevisionMaker(
      DeploymentCompiler compiler,
      InstallTarget target,
      ServicePreparation preparation,
      Switchboard switchboard) {
    this.compiler = compiler;
    this.target = target;
    this.preparation = preparation;
    this.switchboard = switchboard;
  }

  /**
   * Makes classes of a deployment's content.
   *
   * @throws RejectedException if it has none that are services
   */
  Compiled compile(String deployment, byte[] content) throws RejectedException {
    Compiled compiled = compiler.compile(deployment, content);
    if (compiled.services().isEmpty()) {
      throw new RejectedException(
          Stage.CHECK,
          compiled.errorAt("", "no public class implements org.caravanserai.api.Service"));
    }
    return compiled;
  }

  /**
   * Installs and checks classes.
   *
   * @throws RejectedException if a step refuses them; then nothing of them is left
   */
  Candidate install(RevisionLabel label, Compiled compiled) throws RejectedException {
    InstalledRevision installed = target.install(label, compiled);
    List<ServiceRevision> services = List.of();
    boolean done = false;
    try {
      services = preparation.prepare(installed);
      switchboard.checkNames(label.deployment(), services, compiled);
      done = true;
    } finally {
      if (!done) {
        discard(new Candidate(installed, services));
      }
    }
    return new Candidate(installed, services);
  }

  /** Takes back a candidate that does not come into use. */
  void discard(Candidate candidate) {
    preparation.discard(candidate.services());
    candidate.installed().uninstall();
  }
}
