package org.caravanserai.shell.internal;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.caravanserai.objects.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Sets a secret. The value is asked for, or read from a file: as an argument it would stand in the
 * shell's history and in the list of processes.
 */
@Service
@Command(
    scope = "serai",
    name = "secret-set",
    description = "Sets a secret to what is typed next, or to the content of a file",
    detailedDescription = "Example: serai:secret-set --file key.txt payment.key")
public final class SecretSetCommand implements Action {

  @Argument(name = "name", description = "The secret's name", required = true)
  @Completion(SecretNameCompleter.class)
  private String name;

  @Option(
      name = "--file",
      description = "The file that holds it; a line's end at its end is cut off")
  @Completion(FileCompleter.class)
  private @Nullable String file;

  @Reference private Secrets secrets;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() throws IOException {
    String value = HiddenInput.read(session, "Secret: ", file);
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a secret is not empty");
    }
    secrets.set(name, value);
    return null;
  }
}
