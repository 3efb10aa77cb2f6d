package org.caravanserai.shell.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.caravanserai.objects.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Writes all objects to a YAML file. */
@Service
@Command(
    scope = "serai",
    name = "export",
    description = "Writes all objects to a YAML file, or prints them; secrets are references",
    detailedDescription = "Example: serai:export serai.yaml")
public final class ExportCommand implements Action {

  @Argument(name = "file", description = "The file; what is in it is replaced")
  @Completion(FileCompleter.class)
  private @Nullable String file;

  @Reference private ObjectStore objects;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() throws IOException {
    String yaml = objects.export();
    if (file == null) {
      session.getConsole().print(yaml);
      return null;
    }
    Path path = SourceLocation.file(file, session);
    Files.writeString(path, yaml);
    session.getConsole().println(objects.list().size() + " objects are in " + path);
    return null;
  }
}
