package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** Lists the deployed services. */
@Service
@Command(
    scope = "serai",
    name = "services",
    description = "Lists the deployed services",
    detailedDescription = "Example: serai:services --json")
public final class ServicesCommand extends DataCommand {

  @Reference private ServiceRegistry registry;

  @Override
  public @Nullable Object execute() {
    List<ServiceInfo> services = registry.services();
    var table =
        new Table("Service", "Deployment", "Rev", "Inside", "Calls", "Failures", "Mean µs")
            .whenEmpty("No service is deployed");
    for (ServiceInfo service : services) {
      table.row(
          service.name(),
          service.deployment(),
          service.revision(),
          service.inside(),
          service.calls(),
          service.failures(),
          service.meanMicros());
    }
    tell(services, table);
    return null;
  }
}
