package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.LibraryInfo;
import org.jspecify.annotations.Nullable;

/** Lists the shared libraries. */
@Service
@Command(
    scope = "serai",
    name = "libraries",
    description = "Lists the shared libraries",
    detailedDescription = "Example: serai:libraries --json")
public final class LibrariesCommand extends DataCommand {

  @Reference private Deployments deployments;

  @Override
  public @Nullable Object execute() {
    List<LibraryInfo> libraries = deployments.libraries();
    var table =
        new Table("Library", "Version", "Status", "Used by", "File")
            .whenEmpty("There is no library");
    for (LibraryInfo each : libraries) {
      table.row(
          each.name(),
          each.version(),
          each.status(),
          String.join(", ", each.usedBy()),
          String.join(", ", each.files()));
    }
    tell(libraries, table);
    return null;
  }
}
