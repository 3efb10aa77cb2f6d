package org.caravanserai.shell.internal;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/** Prints the figures of the server, as Prometheus reads them. */
@Service
@Command(
    scope = "serai",
    name = "metrics",
    description = "Prints the figures of the server, as Prometheus reads them",
    detailedDescription = "Example: serai:metrics serai_channel")
public final class MetricsCommand implements Action {

  @Argument(name = "name", description = "Only those whose names begin so")
  @Completion(MetricNameCompleter.class)
  private @Nullable String name;

  @Reference private Metrics metrics;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() throws IOException {
    MetricText.of(metrics)
        .filter(line -> name == null || MetricText.name(line).startsWith(name))
        .forEach(session.getConsole()::println);
    return null;
  }
}
