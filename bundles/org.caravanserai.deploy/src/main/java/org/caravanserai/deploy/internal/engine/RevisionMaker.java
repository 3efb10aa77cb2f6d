package org.caravanserai.deploy.internal.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.DeploymentCompiler;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.install.InstallTarget;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.caravanserai.deploy.internal.install.RevisionLabel;
import org.caravanserai.deploy.internal.install.TextRevision;

/** Makes candidates of what is deployed, beside whatever is served. */
final class RevisionMaker {

  private final DeploymentCompiler compiler;
  private final DeployableTypes types;
  private final InstallTarget target;
  private final Preparation preparation;
  private final Switchboard switchboard;

  RevisionMaker(
      DeploymentCompiler compiler,
      DeployableTypes types,
      InstallTarget target,
      Preparation preparation,
      Switchboard switchboard) {
    this.compiler = compiler;
    this.types = types;
    this.target = target;
    this.preparation = preparation;
    this.switchboard = switchboard;
  }

  /**
   * Makes classes of a deployment's content, if it is none that needs no classes.
   *
   * @param fileName the name of the file from which it comes; empty if it comes from none
   * @throws RejectedException if it can't be
   */
  Compiled compile(String deployment, byte[] content, Optional<String> fileName)
      throws RejectedException {
    Optional<Compiled> text = types.text(deployment, content, fileName);
    if (text.isEmpty()) {
      return compiler.compile(deployment, content);
    }
    compiler.checkSize(text.get().fileName(), content);
    return text.get();
  }

  /** As {@link DeploymentCompiler#remember}. */
  void remember(String name, int revision) throws IOException {
    compiler.remember(name, revision);
  }

  /** As {@link DeploymentCompiler#pin}. */
  void pin(RevisionLabel label, Compiled compiled) throws IOException {
    compiler.pin(label.deployment(), label.revision(), compiled);
  }

  /**
   * Installs and checks what was compiled.
   *
   * @param replaces the deployment of another name in whose place it comes
   * @throws RejectedException if a step refuses it; then nothing of it is left
   */
  Candidate install(RevisionLabel label, Compiled compiled, Optional<String> replaces)
      throws RejectedException {
    InstalledRevision installed =
        DeployableTypes.isText(compiled)
            ? new TextRevision(label, compiled)
            : target.install(label, compiled);
    Serving serving = Serving.NONE;
    boolean done = false;
    try {
      serving = preparation.prepare(installed);
      switchboard.checkNames(label.deployment(), replaces, serving.services(), compiled);
      done = true;
    } finally {
      if (!done) {
        discard(new Candidate(installed, serving, List.of()));
      }
    }
    return new Candidate(installed, serving, serving.affected());
  }

  /** Whether it can't be made before the type of its source is there. */
  boolean isWaiting(Compiled compiled) {
    return types.isWaiting(compiled);
  }

  /** Takes back a candidate that does not come into use. */
  void discard(Candidate candidate) {
    preparation.discard(candidate.serving());
    candidate.installed().uninstall();
  }
}
