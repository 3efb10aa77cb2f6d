package org.caravanserai.shell.internal;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.management.ServiceAnswer;
import org.caravanserai.management.ServiceDocs;
import org.caravanserai.runtime.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** Prints the docs of services for people, in Markdown. */
@Service
@Command(
    scope = "serai",
    name = "service-docs",
    description = "Prints the docs of some services, or of all, in Markdown",
    detailedDescription = "Example: serai:service-docs orders.place")
public final class ServiceDocsCommand implements Action {

  @Argument(name = "services", description = "The services' names", multiValued = true)
  @Completion(ServiceNameCompleter.class)
  private List<String> names = new ArrayList<>();

  @Reference private ServiceRegistry registry;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    List<String> wanted = names.isEmpty() ? ServiceDocs.names(registry) : names;
    session.getConsole().print(ServiceDocs.page(wanted.stream().map(this::told).toList()));
    return null;
  }

  private ServiceAnswer told(String name) {
    return ServiceAnswer.of(registry, name)
        .orElseThrow(() -> new IllegalArgumentException("No service is named " + name));
  }
}
