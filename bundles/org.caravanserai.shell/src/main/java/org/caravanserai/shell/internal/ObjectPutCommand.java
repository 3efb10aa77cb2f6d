package org.caravanserai.shell.internal;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.caravanserai.management.ObjectAnswer;
import org.caravanserai.objects.Condition;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Makes or changes one object: its fields are those of a file. */
@Service
@Command(
    scope = "serai",
    name = "object-put",
    description = "Makes or changes one object: its fields are those of a file",
    detailedDescription = "Example: serai:object-put sql orders orders.yaml")
public final class ObjectPutCommand extends DataCommand {

  @Argument(name = "kind", description = "The object's kind, such as channel_rest", required = true)
  @Completion(KindCompleter.class)
  private String kind;

  @Argument(index = 1, name = "name", description = "The object's name", required = true)
  @Completion(ObjectNameCompleter.class)
  private String name;

  @Argument(
      index = 2,
      name = "file",
      description = "The file with its fields, YAML or JSON",
      required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--detach", description = "Even if a file has the object, which then loses it")
  private boolean detach;

  @Reference private ObjectStore objects;

  @Override
  public @Nullable Object execute() throws IOException {
    byte[] fields = Files.readAllBytes(SourceLocation.file(file, session()));
    ConfiguredObject now = objects.put(kind, name, fields, Condition.NONE, detach);
    tell(ObjectAnswer.of(now), () -> say(ObjectWords.of(now)));
    return null;
  }
}
