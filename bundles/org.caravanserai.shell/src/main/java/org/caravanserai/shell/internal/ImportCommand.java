package org.caravanserai.shell.internal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.caravanserai.objects.ImportResult;
import org.caravanserai.objects.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Makes objects what a YAML file says. */
@Service
@Command(
    scope = "serai",
    name = "import",
    description = "Makes objects what a YAML file says, all of them or none",
    detailedDescription = "Example: serai:import --dry-run --prune serai.yaml")
public final class ImportCommand extends DataCommand {

  @Argument(name = "file", description = "The YAML file", required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--dry-run", description = "Only tell what would happen")
  private boolean dryRun;

  @Option(name = "--prune", description = "Take away what is in the store and not in the file")
  private boolean prune;

  @Reference private ObjectStore objects;

  @Override
  public @Nullable Object execute() {
    Path path = SourceLocation.file(file, session());
    ImportResult result;
    try (Progress progress = Progress.of(this)) {
      progress.say("importing " + path.getFileName() + " ...");
      result = objects.importFile(path, dryRun, prune);
    }
    tell(result, () -> print(session().getConsole(), result));
    return null;
  }

  private void print(PrintStream out, ImportResult result) {
    result.warnings().forEach(out::println);
    print(out, "added", result.added());
    print(out, "changed", result.changed());
    print(out, "removed", result.removed());
    out.printf(
        "%s%d added, %d changed, %d removed, %d unchanged%n",
        dryRun ? "would be: " : "",
        result.added().size(),
        result.changed().size(),
        result.removed().size(),
        result.unchanged().size());
  }

  private static void print(PrintStream out, String what, List<String> names) {
    names.forEach(name -> out.println(what + " " + name));
  }
}
