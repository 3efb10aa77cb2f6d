package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.objects.Secrets;
import org.jspecify.annotations.Nullable;

/** Encrypts all secrets under a new key. */
@Service
@Command(
    scope = "serai",
    name = "secret-rotate",
    description = "Makes a new key and encrypts all secrets under it",
    detailedDescription = "Example: serai:secret-rotate")
public final class SecretRotateCommand implements Action {

  @Reference private Secrets secrets;

  @Override
  public @Nullable Object execute() {
    secrets.rotate();
    return null;
  }
}
