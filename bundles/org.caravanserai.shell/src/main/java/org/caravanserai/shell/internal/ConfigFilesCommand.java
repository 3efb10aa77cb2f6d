package org.caravanserai.shell.internal;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.WatchedFile;
import org.caravanserai.spi.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Lists the serai*.yaml files and libraries in the watched folders, and what is wrong with them.
 */
@Service
@Command(
    scope = "serai",
    name = "config-files",
    description =
        "Lists the serai*.yaml files and libraries in the watched folders, and what is wrong with them",
    detailedDescription = "Example: serai:config-files")
public final class ConfigFilesCommand extends DataCommand {

  @Reference private Deployments deployments;

  @Override
  public @Nullable Object execute() {
    List<WatchedFile> files = deployments.files();
    var table = new Table("File", "Status", "What is wrong").whenEmpty("There is no such file");
    for (WatchedFile each : files) {
      table.row(
          each.path(),
          each.status(),
          each.diagnostics().stream().map(Diagnostic::toString).collect(Collectors.joining("; ")));
    }
    tell(files, table);
    return null;
  }
}
