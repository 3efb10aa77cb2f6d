package org.caravanserai.deploy.internal.engine;

import java.util.List;
import org.caravanserai.deploy.internal.compile.CompiledSource;
import org.caravanserai.deploy.internal.compile.JavaCompiler;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.deploy.internal.install.InstallTarget;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.caravanserai.deploy.internal.install.RevisionLabel;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.spi.Diagnostic;

/** Makes candidates of sources, beside whatever is served. */
final class RevisionMaker {

  private final JavaCompiler compiler;
  private final InstallTarget target;
  private final ServicePreparation preparation;
  private final Switchboard switchboard;
  private final BundleTurn turn;

  RevisionMaker(
      JavaCompiler compiler,
      InstallTarget target,
      ServicePreparation preparation,
      Switchboard switchboard,
      BundleTurn turn) {
    this.compiler = compiler;
    this.target = target;
    this.preparation = preparation;
    this.switchboard = switchboard;
    this.turn = turn;
  }

  /**
   * Compiles, installs and checks a source.
   *
   * @throws RejectedException if a step refuses it; then nothing of it is left
   */
  Candidate make(RevisionLabel label, byte[] source, Timer timer) throws RejectedException {
    CompiledSource compiled = compiler.compile(label.deployment(), source);
    timer.compiled();
    if (compiled.services().isEmpty()) {
      throw new RejectedException(
          Stage.CHECK,
          Diagnostic.error(
              compiled.fileName(),
              0,
              0,
              "no public class implements org.caravanserai.api.Service"));
    }
    InstalledRevision installed = install(label, compiled);
    List<ServiceRevision> services = List.of();
    boolean done = false;
    try {
      services = preparation.prepare(installed, compiled);
      switchboard.checkNames(label.deployment(), services, compiled);
      done = true;
    } finally {
      if (!done) {
        discard(new Candidate(installed, services));
      }
    }
    timer.installed();
    return new Candidate(installed, services);
  }

  private InstalledRevision install(RevisionLabel label, CompiledSource compiled)
      throws RejectedException {
    turn.begin();
    try {
      return target.install(label, compiled);
    } finally {
      turn.end();
    }
  }

  /** Takes back a candidate that does not come into use. */
  void discard(Candidate candidate) {
    preparation.discard(candidate.services());
    turn.run(candidate.installed()::uninstall);
  }
}
