package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.deploy.Insistence;
import org.jspecify.annotations.Nullable;

/** Runs a command that was refused because it restarts bundles that others use. */
@Service
@Command(
    scope = "serai",
    name = "force",
    description = "Runs a command although it restarts bundles that others use",
    detailedDescription = "Example: serai:force 'feature:install NAME'")
public final class ForceCommand implements Action {

  @Argument(
      name = "command",
      description = "The command, in quotes: 'feature:install NAME'",
      required = true)
  private String command = "";

  @Reference private Insistence insistence;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() throws Exception {
    return insistence.insist(() -> session.execute(command));
  }
}
