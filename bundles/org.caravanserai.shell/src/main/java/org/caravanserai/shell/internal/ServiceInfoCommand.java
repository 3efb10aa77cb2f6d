package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** Tells of a service: revision, types, calls, failures, who is inside. */
@Service
@Command(
    scope = "serai",
    name = "service-info",
    description = "Tells of a service: revision, types, calls, failures, who is inside",
    detailedDescription = "Example: serai:service-info orders.place")
public final class ServiceInfoCommand extends DataCommand {

  @Argument(name = "service", description = "The service's name", required = true)
  @Completion(ServiceNameCompleter.class)
  private String name;

  @Reference private ServiceRegistry registry;

  @Override
  public @Nullable Object execute() {
    ServiceInfo found =
        registry
            .service(name)
            .orElseThrow(() -> new IllegalArgumentException("No service is named " + name));
    tell(found, () -> facts(found).print(session()));
    return null;
  }

  private static Facts facts(ServiceInfo found) {
    return new Facts()
        .with("Service", found.name())
        .with("Deployment", found.deployment())
        .with("Revision", found.revision())
        .with("Input", found.input())
        .with("Output", found.output())
        .with("Inside", found.inside())
        .with("Draining", found.draining())
        .with("Calls", found.calls())
        .with("Failures", found.failures())
        .with("Rejected", found.rejected())
        .with("Stuck", found.stuck())
        .with("Mean", found.meanMicros() + " µs");
  }
}
