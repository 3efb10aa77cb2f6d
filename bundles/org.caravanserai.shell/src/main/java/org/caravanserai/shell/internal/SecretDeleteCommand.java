package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.objects.Secrets;
import org.jspecify.annotations.Nullable;

/** Deletes a secret. */
@Service
@Command(
    scope = "serai",
    name = "secret-delete",
    description = "Deletes a secret that no object refers to",
    detailedDescription = "Example: serai:secret-delete sql/orders/password")
public final class SecretDeleteCommand implements Action {

  @Argument(name = "name", description = "The secret's name", required = true)
  @Completion(SecretNameCompleter.class)
  private String name;

  @Reference private Secrets secrets;

  @Override
  public @Nullable Object execute() {
    secrets.delete(name);
    return null;
  }
}
