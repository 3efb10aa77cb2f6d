package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.management.HealthAnswer;
import org.caravanserai.management.ServerHealth;
import org.jspecify.annotations.Nullable;

/** Tells whether the server is ready, why not, and what does not work although it is. */
@Service
@Command(
    scope = "serai",
    name = "health",
    description =
        "Tells whether the server is ready, why not, and what does not work although it is",
    detailedDescription = "Example: serai:health --json")
public final class HealthCommand extends DataCommand {

  @Reference private ServerHealth health;

  @Override
  public @Nullable Object execute() {
    HealthAnswer now = health.look();
    tell(now, () -> print(now));
    return null;
  }

  private void print(HealthAnswer now) {
    say(now.ready() ? "ready" : "not ready");
    now.readOnly()
        .reason()
        .ifPresent(
            reason -> say("read-only, by " + now.readOnly().by().orElse("") + ": " + reason));
    now.reasons().forEach((what, why) -> say(what + ": " + why));
    now.objects()
        .forEach(each -> say(each.kind() + " " + each.name() + ": " + each.reason().orElse("")));
    now.deployments().forEach(each -> say("deployment " + each.name() + ": " + each.status()));
    now.certificates()
        .forEach(
            each ->
                say(
                    "certificate "
                        + each.kind()
                        + " "
                        + each.name()
                        + ": expires "
                        + each.expires()));
  }
}
