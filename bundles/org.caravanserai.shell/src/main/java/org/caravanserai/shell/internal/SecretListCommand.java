package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.management.Page;
import org.caravanserai.objects.Secrets;
import org.jspecify.annotations.Nullable;

/** Lists the names of secrets. */
@Service
@Command(
    scope = "serai",
    name = "secret-list",
    description = "Lists the names of the secrets",
    detailedDescription = "Example: serai:secret-list --json")
public final class SecretListCommand extends DataCommand {

  @Reference private Secrets secrets;

  @Override
  public @Nullable Object execute() {
    List<String> names = secrets.names();
    tell(Page.all(names), () -> names.forEach(this::say));
    return null;
  }
}
