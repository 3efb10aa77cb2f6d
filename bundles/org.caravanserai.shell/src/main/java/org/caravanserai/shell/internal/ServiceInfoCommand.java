package org.caravanserai.shell.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.management.ServiceAnswer;
import org.caravanserai.management.ServiceField;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** Tells of a service: what its Javadoc says, types, revision, calls, who is inside. */
@Service
@Command(
    scope = "serai",
    name = "service-info",
    description =
        "Tells of a service: what its Javadoc says, types, revision, calls, who is inside",
    detailedDescription = "Example: serai:service-info orders.place")
public final class ServiceInfoCommand extends DataCommand {

  @Argument(name = "service", description = "The service's name", required = true)
  @Completion(ServiceNameCompleter.class)
  private String name;

  @Reference private ServiceRegistry registry;

  @Override
  public @Nullable Object execute() {
    ServiceAnswer found =
        ServiceAnswer.of(registry, name)
            .orElseThrow(() -> new IllegalArgumentException("No service is named " + name));
    tell(
        found,
        () -> {
          facts(found).print(session());
          print("Input", found.inputSchema());
          print("Output", found.outputSchema());
        });
    return null;
  }

  private void print(String title, Optional<JsonNode> schema) {
    List<ServiceField> fields = schema.map(ServiceField::of).orElse(List.of());
    if (!fields.isEmpty()) {
      say("");
      Table table = new Table(title, "Type", "Required", "Description");
      fields.forEach(
          each ->
              table.row(
                  each.path(), each.type(), each.isRequired() ? "yes" : "no", each.description()));
      table.print(session());
    }
  }

  private static Facts facts(ServiceAnswer answer) {
    ServiceInfo found = answer.service();
    return new Facts()
        .with("Service", found.name())
        .with("Description", answer.description())
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
