package org.caravanserai.shell.internal;

import java.util.List;
import java.util.stream.Collectors;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.spi.Diagnostic;

/** What became of a deployment, in words. */
final class DeployWords {

  private DeployWords() {}

  private static String lines(List<AffectedBundle> bundles) {
    return bundles.stream().map(each -> "  " + each).collect(Collectors.joining("\n"));
  }

  /**
   * Prints what became of it.
   *
   * @throws IllegalStateException in words if it is not live
   */
  static void tell(
      DataCommand command, String deployment, DeployResult result, Deployments deployments) {
    DeployAnswer answer = DeployAnswer.of(deployment, result, deployments);
    boolean isLive = result instanceof DeployResult.Live;
    command.tell(
        answer,
        () -> {
          if (isLive) {
            command.say(of(deployment, result));
          }
        });
    if (!isLive) {
      throw new IllegalStateException(
          command.isJson() ? deployment + " is " + answer.status() : of(deployment, result));
    }
  }

  static String of(String deployment, DeployResult result) {
    if (result instanceof DeployResult.Live live) {
      DeployResult.Timings t = live.timings();
      String head =
          "%s revision %d is %s%s (compiled in %.1f ms, installed in %.1f, switched in %.1f, made durable in %.1f)"
              .formatted(
                  deployment,
                  live.revision(),
                  live.status(),
                  live.services().isEmpty() ? "" : ": " + String.join(", ", live.services()),
                  t.compileMs(),
                  t.installMs(),
                  t.switchMs(),
                  t.persistMs());
      String what =
          live.changes().stream()
              .map(each -> "\n  " + each)
              .collect(Collectors.joining("", head, ""));
      if (live.affected().isEmpty()) {
        return what;
      }
      String trial = live.status().equals("would-be-live") ? "Would be restarted" : "Restarted";
      return what + "\n" + trial + " with it:\n" + lines(live.affected());
    }
    if (result instanceof DeployResult.Disturbing disturbing) {
      return "Nothing was done: other bundles are wired to "
          + deployment
          + " and would be restarted:\n"
          + lines(disturbing.affected())
          + "\nTheir services would be held up meanwhile, without loss. To go on, add --force.";
    }
    if (result instanceof DeployResult.Rejected rejected) {
      return deployment
          + " is rejected at "
          + rejected.stage()
          + ":\n"
          + rejected.diagnostics().stream()
              .map(Diagnostic::toString)
              .collect(Collectors.joining("\n"));
    }
    return result instanceof DeployResult.Missing missing ? missing.what() : result.toString();
  }
}
