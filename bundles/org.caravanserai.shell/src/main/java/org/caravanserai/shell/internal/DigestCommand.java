package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.management.DigestAnswer;
import org.caravanserai.objects.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Prints hashes of the configuration and of the code, to compare servers. */
@Service
@Command(
    scope = "serai",
    name = "digest",
    description = "Prints hashes of the configuration and of the code, to compare servers",
    detailedDescription = "Example: serai:digest")
public final class DigestCommand extends DataCommand {

  @Reference private ObjectStore objects;

  @Reference private Deployments deployments;

  @Override
  public @Nullable Object execute() {
    DigestAnswer digest = DigestAnswer.of(objects, deployments);
    tell(
        digest,
        () ->
            new Facts()
                .with("Configuration", digest.configuration())
                .with("Code", digest.code())
                .print(session()));
    return null;
  }
}
